package org.xietong.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.HttpRequest;
import org.xietong.crypto.HttpResponse;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.MalformedSignatureException;
import org.xietong.crypto.MessageSignature;
import org.xietong.crypto.Nonces;
import org.xietong.crypto.PresentedSignature;
import org.xietong.crypto.RequestBinding;
import org.xietong.crypto.RequestSignatures;
import org.xietong.crypto.ResponseSignatures;
import org.xietong.crypto.SignatureCheck;
import org.xietong.crypto.Signer;
import org.xietong.crypto.TestParties;
import org.xietong.crypto.VerificationKey;

/** A platform of one page: checks what a real one checks of a signature, answers signed, and can be made to cheat. */
final class FakePlatform implements AutoCloseable {
    /** An answer on its way out. */
    static final class Draft {
        int status = 200;
        byte[] body;
        final Headers headers = new Headers();

        Draft(byte[] body) {
            this.body = body;
        }
    }

    final List<HttpRequest> seen = new CopyOnWriteArrayList<>();
    volatile long tokenLife = 600;
    volatile int tokenStatus = 200;
    volatile Consumer<Draft> beforeSigning = draft -> {};
    volatile Consumer<Draft> afterSigning = draft -> {};

    private final Signer signer;
    private final HttpServer server;

    FakePlatform(KeyAlgorithm algorithm) throws IOException {
        signer = TestParties.signer(algorithm);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    long tokenRequests() {
        return seen.stream()
                .filter(request -> request.path().equals("/v1/token"))
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        HttpRequest request = new HttpRequest(
                exchange.getRequestMethod(),
                TestParties.AUTHORITY,
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                content.length > 0,
                name -> exchange.getRequestHeaders().getOrDefault(capitalised(name), List.of()));
        seen.add(request);
        Draft draft = accepted(request, content) ? answer(request) : null;
        if (draft == null) {
            exchange.sendResponseHeaders(401, -1);
        } else {
            exchange.getResponseHeaders().putAll(draft.headers);
            exchange.sendResponseHeaders(draft.status, draft.body.length == 0 ? -1 : draft.body.length);
            exchange.getResponseBody().write(draft.body);
        }
        exchange.close();
    }

    private static boolean accepted(HttpRequest request, byte[] content) {
        try {
            var presented = RequestSignatures.parse(request);
            if (!presented.containsKey(RequestSignatures.SYSTEM)) {
                return false;
            }
            for (PresentedSignature signature : presented.values()) {
                SignatureCheck check = RequestSignatures.check(request, signature, key(signature), TestParties.NOW);
                if (!(check instanceof SignatureCheck.Valid)) {
                    return false;
                }
            }
            return content.length == 0
                    || ContentDigest.matches(request.headers().joined("content-digest"), content);
        } catch (MalformedSignatureException e) {
            return false;
        }
    }

    private static VerificationKey key(PresentedSignature signature) {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            if (TestParties.key(algorithm).keyId().equals(signature.keyId().orElse(""))) {
                return TestParties.key(algorithm);
            }
        }
        throw new IllegalStateException("a key of TestParties is expected");
    }

    private Draft answer(HttpRequest request) {
        boolean token = request.path().equals("/v1/token");
        String json = token
                ? "{\"accessToken\":\"token-" + tokenRequests() + "\",\"expiresIn\":" + tokenLife + "}"
                : "{\"ok\":true}";
        Draft draft = new Draft(json.getBytes(StandardCharsets.UTF_8));
        draft.status = token ? tokenStatus : 200;
        draft.headers.set("exchange-id", UUID.randomUUID().toString());
        if (!token) {
            beforeSigning.accept(draft);
        }
        sign(draft, RequestBinding.of(request));
        if (!token) {
            afterSigning.accept(draft);
        }
        return draft;
    }

    private void sign(Draft draft, RequestBinding request) {
        boolean hasBody = draft.body.length > 0;
        if (hasBody) {
            draft.headers.set("content-type", "application/json");
            draft.headers.set(
                    "content-digest", ContentDigest.of(signer.algorithm().suite(), draft.body));
        }
        HttpResponse response = new HttpResponse(
                draft.status, hasBody, name -> draft.headers.getOrDefault(capitalised(name), List.of()));
        MessageSignature signature = ResponseSignatures.sign(response, request, signer, TestParties.NOW, Nonces.next());
        draft.headers.set("signature-input", MessageSignature.signatureInput(signature));
        draft.headers.set("signature", MessageSignature.signature(signature));
    }

    /** {@link Headers} knows names in this spelling only when asked through Map methods. */
    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
