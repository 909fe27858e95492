package org.xietong.crypto;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A signed request whose every part can be changed after signing. */
final class Requests {
    static final byte[] BODY = "{\"title\":\"线索\"}".getBytes(StandardCharsets.UTF_8);
    static final String NONCE = "AAECAwQFBgcICQoLDA0ODw";

    String method = "POST";
    String authority = TestParties.AUTHORITY;
    String path = "/v1/clues";

    @Nullable
    String query = "dryRun=true";

    boolean hasBody = true;
    final Map<String, List<String>> headers = new LinkedHashMap<>();

    /** A write with every covered field. */
    static Requests full(Suite suite) {
        Requests request = new Requests();
        request.set("content-type", "application/json");
        request.set("content-digest", ContentDigest.of(suite, BODY));
        request.set("exchange-purpose", "case-handling;basis=xingzheng-chufa-27");
        request.set("exchange-officer", "\"POL-001\";unit=\"POLICE-421200\";login=ukey");
        request.set("idempotency-key", "\"3f2c\"");
        request.set("if-match", "\"e1\"");
        return request;
    }

    /** A read with nothing optional. */
    static Requests bare() {
        Requests request = new Requests();
        request.method = "GET";
        request.query = null;
        request.hasBody = false;
        return request;
    }

    void set(String name, String... lines) {
        headers.put(name, new ArrayList<>(List.of(lines)));
    }

    HttpRequest http() {
        return new HttpRequest(method, authority, path, query, hasBody, name -> headers.getOrDefault(name, List.of()));
    }

    MessageSignature sign(Signer signer) {
        return RequestSignatures.sign(
                http(), RequestSignatures.SYSTEM, signer, TestParties.NOW, Duration.ofSeconds(120), NONCE);
    }

    Requests signedBy(Signer signer) {
        MessageSignature signature = sign(signer);
        set("signature-input", MessageSignature.signatureInput(signature));
        set("signature", MessageSignature.signature(signature));
        return this;
    }

    SignatureCheck check(VerificationKey key) throws MalformedSignatureException {
        PresentedSignature presented = RequestSignatures.parse(http()).get(RequestSignatures.SYSTEM);
        return RequestSignatures.check(http(), presented, key, TestParties.NOW);
    }
}
