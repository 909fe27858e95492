package org.xietong.evidence.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A log at an address, e.g. {@code https://host/log} (c2sp.org/tlog-tiles). Redirections are not followed. */
final class HttpLog implements LogFiles {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;

    HttpLog(URI base) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text : text + '/';
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws FaultException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return content(response.statusCode(), body, path, most);
            }
        } catch (IOException e) {
            throw new FaultException(Fault.UNREADABLE, path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultException(Fault.UNREADABLE, path);
        }
    }

    /** 401 and 403: entries are for auditors, and signed requests are not made here. */
    private static Optional<byte[]> content(int status, InputStream body, String path, int most)
            throws IOException, FaultException {
        return switch (status) {
            case 200 -> {
                byte[] bytes = body.readNBytes(most + 1);
                if (bytes.length > most) {
                    throw new FaultException(Fault.TOO_LARGE, path);
                }
                yield Optional.of(bytes);
            }
            case 401, 403, 404 -> Optional.empty();
            default -> throw new FaultException(Fault.UNREADABLE, path);
        };
    }

    @Override
    public List<String> all() {
        return List.of();
    }
}
