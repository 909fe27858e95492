package org.xietong.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.xietong.client.PreparedRequest;

/**
 * Sends prepared requests byte for byte, from a loopback address of its own: the service counts failures per source, and
 * one test's failures must not shut out another. Every answer is checked against the committed contract.
 */
public final class Wire {
    private static final OpenApiContract CONTRACT = OpenApiContract.committed();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final URI base;
    private final InetAddress source;
    private final HttpClient http;

    private Wire(URI base, InetAddress source) {
        this.base = base;
        this.source = source;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(source)
                .build();
    }

    /** From an address that nobody else uses. */
    public static Wire to(URI base) {
        try {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            byte[] address = {
                127, (byte) random.nextInt(1, 250), (byte) random.nextInt(1, 250), (byte) random.nextInt(1, 250)
            };
            return new Wire(base, InetAddress.getByAddress(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the address at which the service expects its gateway. */
    public static Wire asGateway(URI base) {
        return new Wire(base, InetAddress.getLoopbackAddress());
    }

    public Reply send(PreparedRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create("http://" + base.getRawAuthority() + request.target()))
                .timeout(PATIENCE)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        try {
            HttpResponse<byte[]> response = http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (request.target().startsWith("/v1/")) {
                CONTRACT.require(
                        request.method(), request.target(), response.statusCode(), response.headers(), response.body());
            }
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Writes these bytes and returns whatever comes until the service closes or falls silent, as text. */
    public String sendRaw(byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort(), source, 0)) {
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
