package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class EntryBuilderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 400)
    void entryIsWhatAJcsLibraryMakesOfTheSameFacts(
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int disclosed,
            @ForAll @IntRange(max = 12) int changed,
            @ForAll @IntRange(max = 15) int singles)
            throws Exception {
        Random random = new Random(seed);
        Instant time = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        ExchangeRecord record = record(parts(random, disclosed, changed, singles), time, text(random));
        Entry entry = EntryBuilder.build(record);

        String json = JSON.writeValueAsString(tree(record, entry));
        assertArrayEquals(new JsonCanonicalizer(json).getEncodedUTF8(), entry.bytes());
    }

    @Property(tries = 300)
    void stringsAreEscapedAsTheJcsLibraryEscapesThem(@ForAll long seed) throws Exception {
        String text = text(new Random(seed));
        StringBuilder written = new StringBuilder();
        JsonText.append(written, text);
        ObjectNode node = JSON.createObjectNode().put("a", text);
        assertEquals(
                new JsonCanonicalizer(JSON.writeValueAsString(node)).getEncodedString(), "{\"a\":" + written + "}");
    }

    @Test
    void entryLooksAsTheSpecificationShows() {
        UUID id = UUID.fromString("01999999-0000-7000-8000-000000000001");
        ExchangeRecord record = record(id, List.of(), Instant.parse("2026-11-05T03:04:05Z"), "COURT");
        assertEquals(
                "{\"agency\":\"COURT\",\"id\":\"01999999-0000-7000-8000-000000000001\","
                        + "\"parts\":{\"changed\":[],\"disclosed\":[]},\"time\":\"2026-11-05T03:04:05.000Z\",\"v\":1}",
                new String(EntryBuilder.build(record).bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void digestIsSha256OverSaltAndBytes() throws Exception {
        SealedPart part = EntryBuilder.build(Records.any()).parts().getFirst();
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(part.salt());
        assertEquals(HexFormat.of().formatHex(sha.digest(part.bytes())), part.digest());
    }

    @Test
    void saltsOfEqualPartsDiffer() {
        Set<String> salts = new HashSet<>();
        int parts = 0;
        for (int i = 0; i < 200; i++) {
            for (SealedPart part : EntryBuilder.build(Records.any()).parts()) {
                assertEquals(16, part.salt().length);
                salts.add(HexFormat.of().formatHex(part.salt()));
                parts++;
            }
        }
        assertEquals(parts, salts.size());
    }

    @Test
    void saltsHaveNoConstantBit() {
        byte[] ones = new byte[16];
        byte[] zeros = new byte[16];
        for (int i = 0; i < 100; i++) {
            for (SealedPart part : EntryBuilder.build(Records.any()).parts()) {
                for (int b = 0; b < 16; b++) {
                    ones[b] |= part.salt()[b];
                    zeros[b] |= (byte) ~part.salt()[b];
                }
            }
        }
        byte[] all = new byte[16];
        Arrays.fill(all, (byte) 0xff);
        assertArrayEquals(all, ones);
        assertArrayEquals(all, zeros);
    }

    @Test
    void refusesAnEntryOfMoreThan65535Bytes() {
        assertTrue(EntryBuilder.build(record(list(970), Instant.EPOCH, "COURT")).bytes().length <= Entry.MAX_BYTES);
        assertThrows(EntryTooLargeException.class, () -> EntryBuilder.build(record(list(980), Instant.EPOCH, "COURT")));
    }

    @Test
    void refusesAPartTwice() {
        List<PartContent> twice = List.of(
                PartContent.of(PartContent.REQUEST, new byte[1]), PartContent.of(PartContent.REQUEST, new byte[2]));
        assertThrows(IllegalArgumentException.class, () -> EntryBuilder.build(record(twice, Instant.EPOCH, "COURT")));
    }

    @Test
    void refusesAGapInAList() {
        List<PartContent> gap = List.of(new PartContent(PartContent.CHANGED, 1, new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> EntryBuilder.build(record(gap, Instant.EPOCH, "COURT")));
    }

    @Test
    void refusesALoneSurrogate() {
        for (String bad : List.of("\ud800", "\udc00a", "a\ud800b")) {
            assertThrows(
                    IllegalArgumentException.class, () -> EntryBuilder.build(record(List.of(), Instant.EPOCH, bad)));
        }
    }

    @Test
    void idsAreVersion7InTheOrderOfTime() {
        UUID one = ExchangeIds.at(1_762_300_000_123L);
        UUID two = ExchangeIds.at(1_762_300_000_124L);
        assertEquals(7, one.version());
        assertEquals(2, one.variant());
        assertEquals(1_762_300_000_123L, one.getMostSignificantBits() >>> 16);
        assertTrue(one.toString().compareTo(two.toString()) < 0);
    }

    private static List<PartContent> list(int count) {
        List<PartContent> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new PartContent(PartContent.DISCLOSED, i, new byte[] {1}));
        }
        return parts;
    }

    private static List<PartContent> parts(Random random, int disclosed, int changed, int singles) {
        List<PartContent> parts = new ArrayList<>();
        List<String> names =
                List.of(PartContent.REQUEST, PartContent.PURPOSE, PartContent.DECISION, PartContent.RESPONSE);
        for (int i = 0; i < names.size(); i++) {
            if ((singles >> i & 1) == 1) {
                parts.add(PartContent.of(names.get(i), bytes(random)));
            }
        }
        for (int i = 0; i < disclosed; i++) {
            parts.add(new PartContent(PartContent.DISCLOSED, i, bytes(random)));
        }
        for (int i = 0; i < changed; i++) {
            parts.add(new PartContent(PartContent.CHANGED, i, bytes(random)));
        }
        Collections.shuffle(parts, random);
        return parts;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Any code points: controls, quotes, Chinese, beyond the BMP. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append("\"\\/\b\f\n\r\t\u007f\u2028".charAt(random.nextInt(10)));
                case 2 -> text.appendCodePoint(0x4e00 + random.nextInt(0x5000));
                default -> text.appendCodePoint(0x10000 + random.nextInt(0x10000));
            }
        }
        return text.toString();
    }

    private static ExchangeRecord record(List<PartContent> parts, Instant time, String agency) {
        return record(ExchangeIds.next(), parts, time, agency);
    }

    private static ExchangeRecord record(UUID id, List<PartContent> parts, Instant time, String agency) {
        return new ExchangeRecord(id, time, agency, parts, Records.any().index(), List.of());
    }

    /** The entry as the specification words it, keys in another order than the canonical one. */
    private static ObjectNode tree(ExchangeRecord record, Entry entry) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", 1);
        root.put("id", record.id().toString());
        root.put(
                "time",
                "%1$tY-%1$tm-%1$tdT%1$tH:%1$tM:%1$tS.%1$tLZ"
                        .formatted(record.time().atZone(ZoneOffset.UTC)));
        root.put("agency", record.agency());
        ObjectNode parts = root.putObject("parts");
        for (String name : List.of("request", "purpose", "decision", "response")) {
            entry.parts().stream()
                    .filter(part -> part.name().equals(name))
                    .forEach(part -> parts.put(name, part.digest()));
        }
        for (String name : List.of("disclosed", "changed")) {
            ArrayNode list = parts.putArray(name);
            record.parts().stream()
                    .filter(part -> part.name().equals(name))
                    .sorted(Comparator.comparingInt(PartContent::index))
                    .forEach(content -> entry.parts().stream()
                            .filter(part -> part.name().equals(name) && part.index() == content.index())
                            .forEach(part -> list.add(part.digest())));
        }
        return root;
    }
}
