package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.ImprintHash;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TimeStampAuthority;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampException.Fault;
import org.xietong.crypto.TimeStampRequest;
import org.xietong.evidence.TreeHash;

/** An authority over real HTTP (RFC 3161 §3.4), honest or hostile: a token, or a failure with a name, in bounded time and space. */
class HttpTimeRoadTest {
    private static final byte[] NOTE = "example/log\n1\nAAAA\n".getBytes(StandardCharsets.UTF_8);
    private static final String REPLY = "application/timestamp-reply";
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant FROM =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);
    private static final DemonstrationAuthority ROOT =
            DemonstrationAuthority.create(Suite.INTL, FROM, FROM.plus(Duration.ofDays(9)));
    private static final KeyFile KEY = ROOT.issueForTimeStamping("TSA", FROM, FROM.plus(Duration.ofDays(9)));
    private static final TimeStampAuthority AUTHORITY = new TimeStampAuthority(KEY.signer(), Clock.systemUTC());

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private ExecutorService threads;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anHonestAuthorityIsAskedInTheRightForm() throws Exception {
        answer(exchange -> {
            assertEquals("POST", exchange.getRequestMethod());
            assertEquals(
                    "application/timestamp-query", exchange.getRequestHeaders().getFirst("Content-Type"));
            send(
                    exchange,
                    200,
                    REPLY,
                    AUTHORITY.answer(exchange.getRequestBody().readAllBytes()));
        });
        authority(LONG).stamp(NOTE, TreeHash.SM3).verify(NOTE, List.of(ROOT.root()));
    }

    @Test
    void anAnswerToAnotherNoteIsNotTaken() {
        answer(exchange -> send(
                exchange,
                200,
                REPLY,
                AUTHORITY.answer(
                        TimeStampRequest.over(new byte[] {1}, ImprintHash.SM3).der())));
        assertEquals(Fault.WRONG_NONCE, fault());
    }

    @Test
    void anEarlierAnswerIsNotTakenAgain() throws Exception {
        byte[] earlier =
                AUTHORITY.answer(TimeStampRequest.over(NOTE, ImprintHash.SM3).der());
        answer(exchange -> send(exchange, 200, REPLY, earlier));
        assertEquals(Fault.WRONG_NONCE, fault());
    }

    @Test
    void garbageAndRefusalsHaveNames() {
        answer(exchange -> send(exchange, 200, REPLY, "no".getBytes(StandardCharsets.UTF_8)));
        assertEquals(Fault.MALFORMED, fault());
        answer(exchange -> send(exchange, 200, REPLY, new byte[0]));
        assertEquals(Fault.MALFORMED, fault());
        answer(exchange -> send(exchange, 200, REPLY, AUTHORITY.answer(new byte[] {5, 0})));
        assertEquals(Fault.REFUSED, fault());
    }

    @Test
    void anotherStatusTypeOrPlaceIsAFailure() {
        byte[] good =
                AUTHORITY.answer(TimeStampRequest.over(NOTE, ImprintHash.SM3).der());
        answer(exchange -> send(exchange, 500, REPLY, good));
        assertThrows(IOException.class, () -> authority(LONG).stamp(NOTE, TreeHash.SM3));
        answer(exchange -> send(exchange, 200, "text/html", good));
        assertThrows(IOException.class, () -> authority(LONG).stamp(NOTE, TreeHash.SM3));
        answer(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            send(exchange, 307, REPLY, good);
        });
        assertThrows(IOException.class, () -> authority(LONG).stamp(NOTE, TreeHash.SM3));
    }

    /** It would never end; what is read of it is bounded. */
    @Test
    void anAnswerWithoutEndIsCutOff() {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", REPLY);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] much = new byte[64 * 1024];
                while (over.getCount() > 0) {
                    body.write(much);
                }
            }
        });
        IOException failure =
                assertThrows(IOException.class, () -> authority(LONG).stamp(NOTE, TreeHash.SM3));
        assertEquals("the answer is longer than 65536 bytes", innermost(failure));
    }

    @Test
    void anAnswerThatStopsInTheMiddleIsGivenUp() {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", REPLY);
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(0x30);
            exchange.getResponseBody().flush();
            await();
        });
        assertThrows(HttpTimeoutException.class, () -> authority(SHORT).stamp(NOTE, TreeHash.SM3));
    }

    @Test
    void nobodyThereIsAFailure() {
        server.stop(0);
        assertThrows(IOException.class, () -> authority(LONG).stamp(NOTE, TreeHash.SM3));
    }

    private Fault fault() {
        return assertThrows(TimeStampException.class, () -> authority(LONG).stamp(NOTE, TreeHash.SM3))
                .fault();
    }

    private static String innermost(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : innermost(failure.getCause());
    }

    private TimeAuthority authority(Duration limit) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
        return new TimeAuthority("local", List.of(ROOT.root()), true, new HttpTimeRoad(url, limit));
    }

    private void answer(Answer answer) {
        try {
            server.removeContext("/tsa");
        } catch (IllegalArgumentException first) {
            // none yet
        }
        server.createContext("/tsa", answer::give);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
