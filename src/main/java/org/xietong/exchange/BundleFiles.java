package org.xietong.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xietong.evidence.TlogProof;
import org.xietong.ledger.OpenedExchange;
import org.xietong.ledger.SealedPart;

/**
 * The files of a bundle of evidence, by path (exchange-log format). Signatures stand beside their bases, taken out of the parts
 * that the reader may open, so that {@code openssl} alone checks them.
 */
final class BundleFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private long bytes;

    /** A signature found in a part; its value as it was on the wire. */
    record Found(String name, String keyId, byte[] base, byte[] signature) {}

    /** The signatures that an exchange's opened parts hold. */
    static List<Found> signatures(OpenedExchange exchange) {
        List<Found> found = new ArrayList<>();
        for (SealedPart part : exchange.parts()) {
            JsonNode json = json(part);
            if (part.name().equals("request")) {
                json.path("signatures")
                        .forEach(signature -> found.add(found(
                                signature.path("label").asText().equals("officer") ? "officer" : "request",
                                signature)));
            } else if (part.name().equals("response") && json.has("base")) {
                found.add(found("response", json));
            }
        }
        return found;
    }

    private static Found found(String name, JsonNode signature) {
        return new Found(
                name,
                signature.path("keyId").asText(),
                signature.path("base").asText().getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(signature.path("signature").asText()));
    }

    void add(String path, byte[] content) {
        files.put(path, content);
        bytes += content.length;
    }

    void add(String path, String content) {
        add(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** An exchange with what may be opened of it, and the proofs that the log holds it. */
    void add(OpenedExchange exchange, Optional<byte[]> body, TlogProof sha256, TlogProof sm3) {
        String folder = "exchanges/" + exchange.id() + "/";
        add(folder + "entry.json", exchange.entry());
        for (SealedPart part : exchange.parts()) {
            boolean one = part.name().equals("disclosed") || part.name().equals("changed");
            String name = folder + "parts/" + part.name() + (one ? "-" + part.index() : "");
            add(name + ".json", part.bytes());
            add(name + ".salt", part.salt());
        }
        body.ifPresent(bytes -> add(folder + "request.body", bytes));
        add(folder + "inclusion.tlog-proof", sha256.encode());
        add(folder + "inclusion-sm3.tlog-proof", sm3.encode());
    }

    SortedMap<String, byte[]> byPath() {
        return files;
    }

    /** How many bytes they are. */
    long size() {
        return bytes;
    }

    private static JsonNode json(SealedPart part) {
        try {
            return JSON.readTree(part.bytes());
        } catch (IOException e) {
            throw new IllegalStateException("a stored part is not JSON");
        }
    }
}
