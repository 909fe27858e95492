package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.PreparedRequest;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Papers;
import org.xietong.testing.Stored;

/** Large attachments, to 100 MiB, pass through the service without ever standing in its memory. */
@QuarkusTest
@WithTestResource(CityResource.class)
class LargeAttachmentTest {
    private static final int LARGEST = 100 << 20;
    private static final int SLICE = 64 * 1024;

    private final Casework work = new Casework();
    private final City city = work.city();

    @ConfigProperty(name = "xietong.attachments.folder")
    Path folder;

    /**
     * Eight bodies come in at once and stop before their last slice: what was sent lies on the disk by then, so that it can be seen
     * how little of it is in memory.
     */
    @Test
    void eightAtOnceStandOnTheDiskAndNotInMemory() throws Exception {
        byte[] paper = Papers.pdf("eight", 24 << 20);
        Piece clue = work.clue(City.MSA);
        List<PreparedRequest> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(headOf(clue, announce(clue, paper), paper));
        }
        long before = heapInUse();
        CountDownLatch rest = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(requests.size())) {
            List<Future<Integer>> running = new ArrayList<>();
            for (PreparedRequest request : requests) {
                running.add(threads.submit(() -> send(request, paper, rest)));
            }
            Stored.await(
                    "the bodies but for their ends",
                    Duration.ofSeconds(60),
                    () -> quarantined() >= 8L * (paper.length - 4 * SLICE));
            long grown = heapInUse() - before;
            rest.countDown();
            for (Future<Integer> one : running) {
                assertEquals(200, one.get());
            }
            assertTrue(grown < 32L << 20, "grown by " + (grown >> 20) + " MiB for 192 MiB of bodies");
        }
        Reference.reachabilityFence(paper);
        assertEquals(0, quarantined());
    }

    @Test
    void theLargestComesAndGoes() throws Exception {
        byte[] paper = Papers.pdf("largest", LARGEST);
        Piece clue = work.clue(City.MSA);
        String id = announce(clue, paper);
        assertEquals(200, send(headOf(clue, id, paper), paper, new CountDownLatch(0)));
        SignedAnswer answer = city.call(City.MSA, "GET", clue.path() + "/attachments/" + id + "/content")
                .send();
        assertEquals(200, answer.status());
        assertEquals(LARGEST, answer.body().length);
    }

    @Test
    void oneMoreByteIsNotAnnounced() {
        SignedAnswer answer = city.call(City.MSA, "POST", work.clue(City.MSA).path() + "/attachments")
                .idempotencyKey()
                .body(City.utf8(Papers.announcement("a.pdf", "application/pdf", new byte[1], "")
                        .replace("\"size\": 1,", "\"size\": " + (LARGEST + 1L) + ",")))
                .send();
        assertEquals(413, answer.status());
    }

    /** Thirty-two answers wait for a reader; once he has gone, others get theirs. */
    @Test
    void whoReadsNoneOfHisDownloadsGetsNoMore() throws Exception {
        byte[] paper = Papers.pdf("unread", 32 << 20);
        Piece clue = work.clue(City.MSA);
        String id = announce(clue, paper);
        assertEquals(200, send(headOf(clue, id, paper), paper, new CountDownLatch(0)));
        String target = clue.path() + "/attachments/" + id + "/content";
        List<Socket> unread = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                Socket socket = new Socket("127.0.0.1", city.base().getPort());
                unread.add(socket);
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write(city.call(City.MSA, "GET", target).prepare().toHttp11Bytes("127.0.0.1"));
                assertEquals(200, status(socket.getInputStream()));
            }
            city.wire().send(city.call(City.MSA, "GET", target).prepare()).requireJournaledProblem(429, "RATE_LIMITED");
        } finally {
            for (Socket socket : unread) {
                socket.close();
            }
        }
        Stored.await(
                "a place is free again",
                Duration.ofSeconds(20),
                () -> city.call(City.MSA, "GET", target).send().status() == 200);
    }

    /** Not a byte of the body is sent, and the answer is there: the head alone decides. */
    @Test
    void theSignatureIsCheckedBeforeTheBodyIsRead() throws Exception {
        byte[] paper = Papers.pdf("unread", 1 << 20);
        Piece clue = work.clue(City.MSA);
        String id = announce(clue, paper);
        PreparedRequest good = headOf(clue, id, paper);
        assertEquals(401, statusOfHeadAlone(good.withTarget(good.target() + "?a=b"), LARGEST));
        assertEquals(
                401,
                statusOfHeadAlone(
                        good.withHeader(
                                "content-digest",
                                good.header("content-digest").orElseThrow().replace("sm3=:", "sm3=:A")),
                        LARGEST));
        PreparedRequest stranger = city.call(City.COPYRIGHT, "PUT", clue.path() + "/attachments/" + id + "/content")
                .contentType("application/pdf")
                .body(paper)
                .prepare();
        assertEquals(403, statusOfHeadAlone(stranger, LARGEST));
    }

    /** What is no attachment keeps its own limit, and is not read beyond it. */
    @Test
    void noOtherBodyMayBeLarge() throws Exception {
        PreparedRequest create = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8("{}"))
                .prepare();
        assertEquals(413, statusOfHeadAlone(create, 2 << 20));
    }

    private String announce(Piece clue, byte[] paper) {
        SignedAnswer announced = city.call(City.MSA, "POST", clue.path() + "/attachments")
                .idempotencyKey()
                .body(City.utf8(Papers.announcement("录像.pdf", "application/pdf", paper, "")))
                .send();
        assertEquals(201, announced.status(), Casework.text(announced));
        return Casework.json(announced).path("id").asText();
    }

    /** Signed over the whole body, kept without it. */
    private PreparedRequest headOf(Piece clue, String id, byte[] paper) {
        return city.call(City.MSA, "PUT", clue.path() + "/attachments/" + id + "/content")
                .contentType("application/pdf")
                .body(paper)
                .prepare()
                .withBody(new byte[0]);
    }

    private int send(PreparedRequest request, byte[] paper, CountDownLatch rest) {
        try (Socket socket = new Socket("127.0.0.1", city.base().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head(request, paper.length));
            int last = paper.length - SLICE;
            for (int at = 0; at < last; at += SLICE) {
                out.write(paper, at, Math.min(SLICE, last - at));
            }
            out.flush();
            rest.await();
            out.write(paper, last, SLICE);
            out.flush();
            return status(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int statusOfHeadAlone(PreparedRequest request, int length) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", city.base().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head(request, length));
            socket.getOutputStream().flush();
            return status(socket.getInputStream());
        }
    }

    private byte[] head(PreparedRequest request, int length) {
        String text = new String(request.withBody(new byte[0]).toHttp11Bytes("127.0.0.1"), StandardCharsets.ISO_8859_1);
        return text.replaceFirst("content-length: \\d+\r\n", "content-length: " + length + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int status(InputStream in) throws IOException {
        return Integer.parseInt(new String(in.readNBytes(12), StandardCharsets.ISO_8859_1).substring(9));
    }

    private long quarantined() {
        Path quarantine = folder.resolve("quarantine");
        if (!Files.isDirectory(quarantine)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(quarantine)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long heapInUse() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
