package org.xietong.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.xietong.client.BoundedHttp;
import org.xietong.crypto.TimeStampToken;

/** Time-stamp protocol over HTTP (RFC 3161 §3.4). */
final class HttpTimeRoad implements TimeAuthority.Road, AutoCloseable {
    private final URI url;
    private final BoundedHttp http;

    /** @param limit for one whole answer */
    HttpTimeRoad(URI url, Duration limit) {
        this.url = url;
        this.http = new BoundedHttp(limit, TimeStampToken.MAX_BYTES);
    }

    @Override
    public byte[] ask(byte[] request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/timestamp-query")
                .header("Accept", "application/timestamp-reply")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build();
        return http.send(post, Optional.of("application/timestamp-reply"));
    }

    @Override
    public void close() {
        http.close();
    }
}
