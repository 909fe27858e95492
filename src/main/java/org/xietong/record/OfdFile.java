package org.xietong.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Whether a ZIP is an OFD 开放版式文件 (GB/T 33190-2016): its root document {@code OFD.xml} stands at the top, and it holds what an
 * OFD holds. The directory is measured before it is read, and of the entries only OFD.xml is unpacked, to its limit: a bomb stays
 * packed here, and one that says what it unpacks to is refused.
 */
final class OfdFile {
    private static final String ROOT = "OFD.xml";
    private static final String NAMESPACE = "http://www.ofdspec.org/2016";
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_DIRECTORY = 4 << 20;
    private static final int MOST_ROOT = 1 << 20;
    private static final long MOST_UNPACKED = 1L << 30;
    private static final int END_LENGTH = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    /** What an OFD consists of: its XML, images, fonts, seals and certificates, sound and pictures. */
    private static final Set<String> ENDINGS = Set.of(
            "xml", "png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "jb2", "gbig2", "jbig2", "webp", "ttf", "otf",
            "ttc", "cff", "esl", "dat", "cer", "crt", "asn1", "icc", "mp3", "mp4", "wav", "avi", "ofd", "pdf");

    private OfdFile() {}

    static boolean isOne(Path file) {
        try {
            if (!isSmallPlainZip(file)) {
                return false;
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                ZipEntry root = zip.getEntry(ROOT);
                return root != null
                        && zip.stream().allMatch(OfdFile::belongs)
                        && zip.stream().map(ZipEntry::getName).distinct().count() == zip.size()
                        && unpacksBounded(zip, Files.size(file))
                        && isRoot(zip, root);
            }
        } catch (IOException | IllegalArgumentException notReadable) {
            return false;
        }
    }

    /** One disk, no comment, nothing before the first entry, and a directory of bounded size. */
    private static boolean isSmallPlainZip(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < END_LENGTH || read(channel, 0, 4).getInt(0) != LOCAL_SIGNATURE) {
                return false;
            }
            ByteBuffer end = read(channel, size - END_LENGTH, END_LENGTH);
            long directory = Integer.toUnsignedLong(end.getInt(12));
            long offset = Integer.toUnsignedLong(end.getInt(16));
            return end.getInt(0) == END_SIGNATURE
                    && end.getInt(4) == 0
                    && end.getShort(8) == end.getShort(10)
                    && Short.toUnsignedInt(end.getShort(10)) <= MOST_ENTRIES
                    && directory <= MOST_DIRECTORY
                    && offset + directory == size - END_LENGTH;
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
            // until it is full or the file ends
        }
        return buffer;
    }

    /** Whoever opens it is not flooded: no bytes are packed for two entries at once, and together they stay within a limit. */
    private static boolean unpacksBounded(ZipFile zip, long size) {
        return zip.stream().mapToLong(ZipEntry::getCompressedSize).sum() <= size
                && zip.stream().mapToLong(ZipEntry::getSize).sum() <= MOST_UNPACKED;
    }

    private static boolean belongs(ZipEntry entry) {
        String name = entry.getName();
        if (name.startsWith("/") || name.contains("\\") || name.contains(":") || ("/" + name + "/").contains("/../")) {
            return false;
        }
        return entry.isDirectory()
                || ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** The document element is {@code OFD} of the standard's namespace; no document type, no entity. */
    private static boolean isRoot(ZipFile zip, ZipEntry root) throws IOException {
        byte[] xml;
        try (InputStream in = zip.getInputStream(root)) {
            xml = in.readNBytes(MOST_ROOT + 1);
        }
        if (xml.length > MOST_ROOT) {
            return false;
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    return false;
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    return reader.getLocalName().equals("OFD") && NAMESPACE.equals(reader.getNamespaceURI());
                }
            }
            return false;
        } catch (XMLStreamException notXml) {
            return false;
        }
    }
}
