package org.xietong.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.xietong.crypto.Digests;

/** Files to attach, and how they are announced. */
public final class Papers {
    private static final String OFD_ROOT = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\" DocType=\"OFD\" Version=\"1.0\"><ofd:DocBody/></ofd:OFD>";

    private Papers() {}

    /** A PDF with this text in it, at least this long. */
    public static byte[] pdf(String text, int length) {
        byte[] head = ("%PDF-1.7\n% " + text + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(head, Math.max(length, head.length));
        for (int i = head.length; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 257);
        }
        return bytes;
    }

    public static byte[] ofd() {
        return zip(Map.of("OFD.xml", OFD_ROOT, "Doc_0/Document.xml", "<Document/>"));
    }

    public static byte[] zip(Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The root document of an OFD. */
    public static String ofdRoot() {
        return OFD_ROOT;
    }

    /** @param more further fields, each with a comma behind */
    public static String announcement(String name, String mediaType, byte[] bytes, String more) {
        return """
                {%s "name": "%s", "mediaType": "%s", "size": %d, "sha256": "%s", "sm3": "%s", "original": "PAPER",
                 "seal": "咸宁市市场监督管理局印", "volume": "1", "pages": "1-3", "keptAt": "本局档案室",
                 "provenance": "现场检查提取", "noStateSecret": true}
                """.formatted(
                        more,
                        name,
                        mediaType,
                        bytes.length,
                        Digests.hex(Digests.sha256(bytes)),
                        Digests.hex(Digests.sm3(bytes)));
    }
}
