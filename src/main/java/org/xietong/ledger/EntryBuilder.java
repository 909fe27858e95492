package org.xietong.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Seals the parts of an exchange and writes its entry. The keys are few, fixed and sorted by hand, so the canonical form
 * (RFC 8785) is written directly; a test holds it byte-equal to a JCS library.
 */
public final class EntryBuilder {
    /** RFC 3339, UTC, always three digits of the second's fraction. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Comparator<PartContent> IN_ORDER =
            Comparator.comparing(PartContent::name).thenComparingInt(PartContent::index);

    private EntryBuilder() {}

    /**
     * The entry of a record, with fresh salts.
     *
     * @throws EntryTooLargeException past {@link Entry#MAX_BYTES}
     * @throws IllegalArgumentException when a part occurs twice, a list has a gap, or the agency is no valid text
     */
    public static Entry build(ExchangeRecord record) {
        List<SealedPart> parts = seal(record.parts());
        StringBuilder json = new StringBuilder(256 + 80 * parts.size());
        json.append("{\"agency\":");
        JsonText.append(json, record.agency());
        json.append(",\"id\":\"").append(record.id()).append("\",\"parts\":{");
        appendParts(json, parts);
        json.append("},\"time\":\"").append(text(record.time())).append("\",\"v\":1}");
        return new Entry(record.id(), json.toString().getBytes(StandardCharsets.UTF_8), parts);
    }

    static String text(Instant time) {
        return TIME.format(time);
    }

    private static List<SealedPart> seal(List<PartContent> contents) {
        List<PartContent> ordered = new ArrayList<>(contents);
        ordered.sort(IN_ORDER);
        byte[] salts = Randomness.bytes(SealedPart.SALT_BYTES * ordered.size());
        List<SealedPart> parts = new ArrayList<>(ordered.size());
        String name = "";
        int expected = 0;
        for (PartContent content : ordered) {
            expected = content.name().equals(name) ? expected + 1 : 0;
            name = content.name();
            if (content.index() != expected) {
                throw new IllegalArgumentException("part " + name + " occurs twice or has a gap");
            }
            int from = SealedPart.SALT_BYTES * parts.size();
            byte[] salt = Arrays.copyOfRange(salts, from, from + SealedPart.SALT_BYTES);
            parts.add(new SealedPart(name, content.index(), salt, content.bytes()));
        }
        return parts;
    }

    /** RFC 8785 sorts keys by UTF-16 code unit: changed, decision, disclosed, purpose, request, response. */
    private static void appendParts(StringBuilder json, List<SealedPart> parts) {
        appendList(json, parts, PartContent.CHANGED);
        appendSingle(json, parts, PartContent.DECISION);
        json.append(',');
        appendList(json, parts, PartContent.DISCLOSED);
        appendSingle(json, parts, PartContent.PURPOSE);
        appendSingle(json, parts, PartContent.REQUEST);
        appendSingle(json, parts, PartContent.RESPONSE);
    }

    private static void appendList(StringBuilder json, List<SealedPart> parts, String name) {
        json.append('"').append(name).append("\":[");
        for (SealedPart part : parts) {
            if (part.name().equals(name)) {
                json.append(part.index() == 0 ? "\"" : ",\"")
                        .append(part.digest())
                        .append('"');
            }
        }
        json.append(']');
    }

    private static void appendSingle(StringBuilder json, List<SealedPart> parts, String name) {
        for (SealedPart part : parts) {
            if (part.name().equals(name)) {
                json.append(",\"")
                        .append(name)
                        .append("\":\"")
                        .append(part.digest())
                        .append('"');
            }
        }
    }
}
