package org.xietong.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.xietong.client.PreparedRequest;
import org.xietong.crypto.Nonces;
import org.xietong.crypto.Signer;

/** Signs whatever it is told to, by RFC 9421 but by no rule of ours, as a forger who holds a key would. */
public final class Forge {
    private static final List<String> COVERED_FIELDS =
            List.of("exchange-purpose", "exchange-officer", "idempotency-key", "if-match");

    private Forge() {}

    /**
     * One signature to be made.
     *
     * @param components names without quotes, in their order
     * @param parameters with the leading semicolon
     */
    public record Hand(String label, Signer key, List<String> components, String parameters) {
        /** As the rules demand. */
        public static Hand honest(String label, Signer key, PreparedRequest request) {
            return new Hand(label, key, Forge.components(request), Forge.parameters(key.keyId()));
        }
    }

    /** The same request under these signatures alone. */
    public static PreparedRequest sign(PreparedRequest request, Hand... hands) {
        List<String> inputs = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Hand hand : hands) {
            String list = hand.components().stream()
                            .map(component -> '"' + component + '"')
                            .collect(Collectors.joining(" ", "(", ")"))
                    + hand.parameters();
            StringBuilder base = new StringBuilder();
            for (String component : hand.components()) {
                base.append('"').append(component).append("\": ").append(value(request, component)).append('\n');
            }
            base.append("\"@signature-params\": ").append(list);
            byte[] signature = hand.key().sign(base.toString().getBytes(StandardCharsets.UTF_8));
            inputs.add(hand.label() + "=" + list);
            values.add(hand.label() + "=:" + Base64.getEncoder().encodeToString(signature) + ":");
        }
        return request.withHeader("signature-input", String.join(", ", inputs))
                .withHeader("signature", String.join(", ", values));
    }

    /** What a request must cover, in its order. */
    public static List<String> components(PreparedRequest request) {
        List<String> components = new ArrayList<>(List.of("@method", "@authority", "@path", "@query"));
        if (request.body().length > 0) {
            components.addAll(List.of("content-type", "content-digest"));
        }
        COVERED_FIELDS.stream().filter(name -> request.header(name).isPresent()).forEach(components::add);
        return components;
    }

    /** The parameters that a request must have, from now on. */
    public static String parameters(String keyId) {
        return parameters(keyId, Nonces.next(), 0, 120);
    }

    /** The parameters, with their times in seconds from now. */
    public static String parameters(String keyId, String nonce, long created, long expires) {
        long now = Instant.now().getEpochSecond();
        return ";created=%d;expires=%d;nonce=\"%s\";keyid=\"%s\";tag=\"xietong\""
                .formatted(now + created, now + expires, nonce, keyId);
    }

    private static String value(PreparedRequest request, String component) {
        return switch (component) {
            case "@method" -> request.method();
            case "@authority" -> request.authority();
            case "@path" -> request.path();
            case "@query" -> request.query() == null ? "?" : "?" + request.query();
            default -> request.header(component).orElse("");
        };
    }
}
