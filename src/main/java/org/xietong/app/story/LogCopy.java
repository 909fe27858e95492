package org.xietong.app.story;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TileLayout;
import org.xietong.evidence.TilePath;

/**
 * Copies the log as it is served into a folder: checkpoints and keys, the tiles of both trees, and the entries, which an auditor
 * fetches. What lies there is checked with {@code ./xietong verify}, or with tools of others.
 */
final class LogCopy {
    private static final String SM3 = "sm3/";

    private final URI log;
    private final Path folder;
    private final Function<String, byte[]> auditor;

    /**
     * @param base of the service
     * @param auditor fetches a path below {@code /log/} that auditors alone may read
     */
    LogCopy(URI base, Path folder, Function<String, byte[]> auditor) {
        this.log = base.resolve("/log/");
        this.folder = folder;
        this.auditor = auditor;
    }

    /**
     * Both trees at one size.
     *
     * @return how many entries they have
     */
    long write() throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            byte[] checkpoint;
            byte[] sm3;
            do {
                checkpoint = get(http, "checkpoint");
                sm3 = get(http, SM3 + "checkpoint");
            } while (size(checkpoint) != size(sm3));
            long size = size(checkpoint);
            keep("checkpoint", checkpoint);
            keep(SM3 + "checkpoint", sm3);
            keep("vkey", get(http, "vkey"));
            keep("vkeys", get(http, "vkeys"));
            keep("witnesses", get(http, "witnesses"));
            List<TilePath> tiles = new ArrayList<>(TileLayout.finished(0, size));
            tiles.addAll(TileLayout.partial(size));
            for (TilePath tile : tiles) {
                keep(tile.path(), get(http, tile.path()));
                keep(SM3 + tile.path(), get(http, SM3 + tile.path()));
            }
            for (TilePath bundle : TileLayout.bundles(0, size)) {
                keep(bundle.path(), auditor.apply(bundle.path()));
            }
            return size;
        }
    }

    static long size(byte[] checkpoint) throws IOException {
        return SignedCheckpoint.parse(checkpoint).checkpoint().size();
    }

    private byte[] get(HttpClient http, String path) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(log.resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("/log/" + path + ": " + answer.statusCode() + " "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void keep(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
