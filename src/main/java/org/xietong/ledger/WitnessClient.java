package org.xietong.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xietong.client.BoundedHttp;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.WitnessPath;

/** Asks witnesses to cosign (c2sp.org/tlog-witness). What they answer is read up to a bound and not believed. */
final class WitnessClient implements AutoCloseable {
    private static final int LONGEST_SIZE = 19;

    private final BoundedHttp http;

    WitnessClient(Duration timeout) {
        http = new BoundedHttp(timeout, AddCheckpoint.LONGEST);
    }

    /** What a witness answered. */
    sealed interface Answer {
        /** @param lines not checked yet */
        record Cosigned(List<NoteSignature> lines) implements Answer {}

        /** @param size of what it cosigned last */
        record Conflict(long size) implements Answer {}

        /** It takes no such proof. */
        record Unproved() implements Answer {}
    }

    /** @throws IOException if the witness does not answer, or nothing that the protocol knows */
    Answer submit(URI url, AddCheckpoint request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(below(url, "/add-checkpoint"))
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.encode()))
                .build();
        HttpResponse<byte[]> answer = http.exchange(post);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return switch (answer.statusCode()) {
            case 200 -> new Answer.Cosigned(lines(body));
            case 409 -> new Answer.Conflict(size(body));
            case 422 -> new Answer.Unproved();
            default -> throw new IOException("status " + answer.statusCode());
        };
    }

    /**
     * What the witness cosigned last of the log with this origin, not checked yet; empty where it says that it has cosigned nothing. What stands
     * before it, a gateway or a limit, does not speak for it.
     *
     * @throws IOException if the witness itself does not answer, or nothing that can be read
     */
    Optional<SignedCheckpoint> latest(URI monitoring, String origin) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.exchange(HttpRequest.newBuilder(below(monitoring, WitnessPath.checkpoint(origin)))
                        .header("Cache-Control", "no-cache")
                        .build());
        if (answer.statusCode() == 200) {
            return Optional.of(SignedCheckpoint.parse(answer.body()));
        }
        if (isNone(answer)) {
            return Optional.empty();
        }
        throw new IOException("status " + answer.statusCode());
    }

    private static boolean isNone(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 404
                && answer.headers()
                        .firstValue("Content-Type")
                        .filter(WitnessPath.MEDIA_TYPE::equalsIgnoreCase)
                        .isPresent()
                && new String(answer.body(), StandardCharsets.UTF_8).equals(WitnessPath.NO_CHECKPOINT);
    }

    private static URI below(URI prefix, String path) {
        return URI.create(prefix.toString().replaceAll("/+$", "") + path);
    }

    private static List<NoteSignature> lines(String body) throws IOException {
        List<NoteSignature> lines = new ArrayList<>();
        for (String line : body.lines().toList()) {
            lines.add(NoteSignature.parse(line));
        }
        return lines;
    }

    private static long size(String body) throws IOException {
        String digits = body.endsWith("\n") ? body.substring(0, body.length() - 1) : body;
        try {
            if (digits.length() <= LONGEST_SIZE && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            throw new IOException("no size", e);
        }
        throw new IOException("no size");
    }

    @Override
    public void close() {
        http.close();
    }
}
