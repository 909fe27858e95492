package org.xietong.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.xietong.client.SignedAnswer;

/** Unique tokens, each in one protected field, with those who may know it; and the search for them in what comes out. */
final class Canaries {
    /** A reader by unit, with or without an officer. */
    record Reader(String unit, boolean attended) {}

    private record Canary(String field, String token, Predicate<Reader> mayKnow) {
        boolean standsIn(String text) {
            return text.contains(token) || text.contains(base64());
        }

        /** As structured fields carry bytes. */
        private String base64() {
            return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Map<String, Canary> canaries = new LinkedHashMap<>();
    private final Set<String> found = new TreeSet<>();

    static String token() {
        return "CNRY" + UUID.randomUUID().toString().replace("-", "").substring(0, 21);
    }

    /** A token for a field; asked again, the same one. */
    String in(String field, Predicate<Reader> mayKnow) {
        return canaries.computeIfAbsent(field, f -> new Canary(f, token(), mayKnow))
                .token();
    }

    /** A number that nobody else writes. */
    String amountIn(String field, Predicate<Reader> mayKnow) {
        return canaries.computeIfAbsent(field, f -> new Canary(f, digits(), mayKnow))
                .token();
    }

    /** The fields whose token stands where this reader may not find it. */
    List<String> leaks(Reader reader, String where, String text) {
        List<String> leaks = new ArrayList<>();
        for (Canary canary : canaries.values()) {
            if (canary.standsIn(text)) {
                found.add(canary.field());
                if (!canary.mayKnow().test(reader)) {
                    leaks.add(canary.field() + " reached " + reader + " in " + where);
                }
            }
        }
        return leaks;
    }

    /** Fields that nobody has found so far: their tokens would prove nothing. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>(canaries.keySet());
        unseen.removeAll(found);
        return unseen;
    }

    List<String> standingIn(String text) {
        return canaries.values().stream()
                .filter(canary -> canary.standsIn(text))
                .map(Canary::field)
                .toList();
    }

    /** Status, headers and body. */
    static String whole(SignedAnswer answer) {
        return answer.status() + " " + answer.headers().map() + " " + Casework.text(answer);
    }

    private static String digits() {
        return (""
                        + (1
                                + Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 899_999_999_999L)
                                + 100_000_000_000L))
                .concat(".37");
    }
}
