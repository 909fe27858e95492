package org.xietong.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.HttpRequest;
import org.xietong.crypto.RequestBinding;

/**
 * A signed request that has not been sent. It can be sent once, sent again byte for byte (a replay), or altered first;
 * the altered copies keep the old signatures, which is what tests of tampering need.
 *
 * @param target raw path with query, as in the request line
 * @param headers names in lower case, in the order of sending; without Host and Content-Length
 * @param body empty if there is none
 */
public record PreparedRequest(
        String method,
        String authority,
        String target,
        Map<String, List<String>> headers,
        byte[] body,
        SignatureEvidence system,
        Optional<SignatureEvidence> officer) {

    public PreparedRequest {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    public PreparedRequest withMethod(String changed) {
        return new PreparedRequest(changed, authority, target, headers, body, system, officer);
    }

    public PreparedRequest withTarget(String changed) {
        return new PreparedRequest(method, authority, changed, headers, body, system, officer);
    }

    public PreparedRequest withBody(byte[] changed) {
        return new PreparedRequest(method, authority, target, headers, changed, system, officer);
    }

    /** Sets the field to this one line. */
    public PreparedRequest withHeader(String name, String value) {
        return withHeaders(name, List.of(value));
    }

    /** Adds a second line of the field. */
    public PreparedRequest withAddedHeader(String name, String value) {
        List<String> lines = new ArrayList<>(headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        lines.add(value);
        return withHeaders(name, lines);
    }

    public PreparedRequest withoutHeader(String name) {
        return withHeaders(name, List.of());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(asSigned().headers().joined(name.toLowerCase(Locale.ROOT)));
    }

    /** The raw query without "?", null if there is none. */
    public @Nullable String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The request as a verifier sees it. */
    public HttpRequest asSigned() {
        return asSigned(method, authority, target, headers, body);
    }

    /** What a response to this very request must be bound to. */
    public RequestBinding binding() {
        return RequestBinding.of(asSigned());
    }

    /** The bytes of an HTTP/1.1 request (RFC 9112), for load generators that only write and read sockets. */
    public byte[] toHttp11Bytes(String host) {
        StringBuilder head = new StringBuilder(2048);
        head.append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nhost: ")
                .append(host)
                .append("\r\n");
        headers.forEach((name, values) -> {
            for (String value : values) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        if (body.length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            head.append("content-length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + 2 + body.length);
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    static HttpRequest asSigned(
            String method, String authority, String target, Map<String, List<String>> headers, byte[] body) {
        int mark = target.indexOf('?');
        return new HttpRequest(
                method,
                authority,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                body.length > 0,
                name -> headers.getOrDefault(name, List.of()));
    }

    private PreparedRequest withHeaders(String name, List<String> values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(headers);
        changed.put(name.toLowerCase(Locale.ROOT), values);
        changed.values().removeIf(List::isEmpty);
        return new PreparedRequest(method, authority, target, changed, body, system, officer);
    }
}
