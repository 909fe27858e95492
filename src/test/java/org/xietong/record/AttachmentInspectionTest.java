package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.testing.Papers;

/** What a file is, is told by its bytes. */
class AttachmentInspectionTest {
    private final AttachmentInspection inspection = new AttachmentInspection();

    @TempDir
    Path folder;

    /** Heads as hexadecimal, the rest zeros. */
    @ParameterizedTest
    @CsvSource({
        "PDF, 255044462d312e370a",
        "PNG, 89504e470d0a1a0a0000000d49484452",
        "JPEG, ffd8ffe000104a46494600",
        "TIFF, 49492a0008000000",
        "TIFF, 4d4d002a00000008",
        "WEBP, 524946460000010057454250565038",
        "MP3, 49443303000000000000",
        "WAV, 524946460000010057415645666d74",
        "FLAC, 664c614300000022",
        "AMR, 2321414d520a",
        "MP4, 000000206674797069736f6d0000000069736f6d",
        "MP4, 00000020667479706d7034320000000069736f6d",
        "M4A, 00000020667479704d344120000000",
        "MOV, 0000002066747970717420200000000071742020",
        "AVI, 524946460000010041564920",
        "MKV, 00",
        "MPEG, 000001ba21000100"
    })
    void recognisesWhatMayBeAttached(AttachmentType type, String head) {
        byte[] bytes = type == AttachmentType.MKV
                ? "\u001aE\u00df\u00a3\u00a3B\u0086\u0081\u0001B\u0082\u0088matroska"
                        .getBytes(StandardCharsets.ISO_8859_1)
                : java.util.HexFormat.of().parseHex(head);
        assertDoesNotThrow(() -> inspect(type, Arrays.copyOf(bytes, 2_000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PDF | MZ\u0090 program",
                "PDF | \u007fELF\u0002\u0001\u0001",
                "PDF | <html><body>%PDF-1.7</body></html>",
                "PDF | anything ~%PDF-1.7",
                "PDF | #!/bin/sh",
                "PDF | PK\u0003\u0004",
                "PDF | {\\rtf1}",
                "PNG | <svg xmlns='http://www.w3.org/2000/svg'/>",
                "PNG | <?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
                "PNG | GIF89a",
                "JPEG | \u0089PNG~\u001a~",
                "MP4 | MZ\u0090",
                "WAV | plain words",
                "OFD | Rar!\u001a\u0007",
                "OFD | %PDF-1.7"
            })
    void refusesWhatIsSomethingElse(AttachmentType type, String text) {
        byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        ProblemException refused = assertThrows(ProblemException.class, () -> inspect(type, bytes));
        assertEquals(ProblemType.ATTACHMENT_REFUSED, refused.type());
    }

    @Test
    void takesAnOfd() {
        assertDoesNotThrow(() -> inspect(AttachmentType.OFD, Papers.ofd()));
    }

    @Test
    void takesNoOtherArchive() throws IOException {
        String root = Papers.ofdRoot();
        assertFalse(isOfd(Papers.zip(Map.of("a.txt", "a"))), "no root");
        assertFalse(isOfd(Papers.zip(Map.of("OFD.xml", "<html/>"))), "another document");
        assertFalse(isOfd(Papers.zip(Map.of("OFD.xml", root.replace("2016", "2099")))), "another namespace");
        assertFalse(isOfd(Papers.zip(Map.of("Doc/OFD.xml", root))), "not at the top");
        assertFalse(isOfd(Papers.zip(Map.of("OFD.xml", root, "a.exe", "MZ"))), "a program inside");
        assertFalse(isOfd(Papers.zip(Map.of("OFD.xml", root, "a.zip", "PK"))), "an archive inside");
        assertFalse(isOfd(Papers.zip(Map.of("OFD.xml", root, "word/vbaProject.bin", "m"))), "macros inside");
        assertFalse(isOfd(Papers.zip(Map.of("OFD.xml", root, "../a.xml", "a"))), "out of the folder");
        assertFalse(isOfd(Papers.zip(Map.of("OFD.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]>" + root))), "a document type");
        byte[] good = Papers.ofd();
        assertTrue(isOfd(good));
        assertFalse(isOfd(Arrays.copyOf(good, good.length - 1)), "cut off");
        assertFalse(isOfd(Arrays.copyOf(good, good.length + 1)), "something behind");
        byte[] before = new byte[good.length + 2];
        System.arraycopy(good, 0, before, 2, good.length);
        assertFalse(isOfd(before), "something before");
    }

    /** A root of a hundred megabytes in a few kilobytes: it is unpacked to its limit, and refused. */
    @Test
    void unpacksNoBomb() throws IOException {
        byte[] bomb = Papers.zip(Map.of("OFD.xml", Papers.ofdRoot() + " ".repeat(100 << 20)));
        assertTrue(bomb.length < 1 << 20);
        assertFalse(isOfd(bomb));
    }

    /** What its readers would unpack is bounded, too. */
    @Test
    void takesNoBombForOthersToUnpack() throws IOException {
        byte[] declared = Papers.ofd();
        int entry = directoryEntry(declared, "Doc_0/Document.xml");
        ByteBuffer.wrap(declared).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 24, Integer.MAX_VALUE);
        assertFalse(isOfd(declared), "two gigabytes in a few bytes");
        assertTrue(isOfd(Papers.zip(Map.of("OFD.xml", Papers.ofdRoot(), "aa.xml", noise()))));
        assertFalse(isOfd(manifold(Papers.zip(Map.of("OFD.xml", Papers.ofdRoot(), "aa.xml", noise())))));
    }

    private static String noise() {
        return new java.util.Random(1)
                .ints(20_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The same packed bytes ten times over: entries that overlap. */
    private static byte[] manifold(byte[] zip) throws IOException {
        int entry = directoryEntry(zip, "aa.xml");
        int end = zip.length - 22;
        ByteBuffer tail =
                ByteBuffer.wrap(Arrays.copyOfRange(zip, end, zip.length)).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        made.write(zip, 0, end);
        int start = tail.getInt(16);
        for (char name = '0'; name <= '9'; name++) {
            byte[] again = Arrays.copyOfRange(zip, entry, end);
            again[46] = (byte) name;
            made.write(again);
        }
        tail.putShort(8, (short) (tail.getShort(8) + 10)).putShort(10, (short) (tail.getShort(10) + 10));
        tail.putInt(12, made.size() - start);
        made.write(tail.array());
        return made.toByteArray();
    }

    /** Where the directory's entry of that name begins; for a manifold, the last one. */
    private static int directoryEntry(byte[] zip, String name) {
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf(name) - 46;
    }

    @Test
    void readsNoDirectoryWithoutEnd() throws IOException {
        Map<String, String> many = new java.util.HashMap<>(Map.of("OFD.xml", Papers.ofdRoot()));
        for (int i = 0; i < 20_001; i++) {
            many.put(i + ".xml", "");
        }
        assertFalse(isOfd(Papers.zip(many)));
    }

    @Test
    void everyTypeIsDeclaredOnceAndHasAnEnding() {
        for (AttachmentType type : AttachmentType.values()) {
            assertEquals(type, AttachmentType.declared(type.mediaType()).orElseThrow());
            assertTrue(type.isEndingOf("名." + type.ending()));
            assertFalse(type.isEndingOf("." + type.ending()));
            assertFalse(type.isEndingOf("名.exe"));
        }
        assertTrue(AttachmentType.declared("application/zip").isEmpty());
    }

    private boolean isOfd(byte[] bytes) throws IOException {
        return OfdFile.isOne(Files.write(folder.resolve("file"), bytes));
    }

    private void inspect(AttachmentType type, byte[] bytes) throws IOException {
        inspection.require(Files.write(folder.resolve("file"), bytes), type);
    }
}
