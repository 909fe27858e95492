package org.xietong.evidence.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.xietong.evidence.BundlePath;

/**
 * The files of a zip that somebody else made: no name twice, none that leads elsewhere, no file and not all together larger than is
 * allowed once unpacked, whatever the zip claims. One file is in memory at a time.
 */
final class BundleZip implements AutoCloseable {
    static final int MOST_FILE_BYTES = 32 << 20;
    static final long MOST_BYTES = 1L << 30;

    /** Of the list of files at the zip's end, which the JDK keeps in memory: some 300,000 files. */
    private static final int MOST_LIST_BYTES = 32 << 20;

    private static final int END_SIZE = 22;
    private static final int END_MAGIC = 0x06054b50;
    private static final int END_COMMENT = 0xffff;
    private static final int LIST_SIZE_AT = 12;

    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> entries = new TreeMap<>();
    private long unpacked;

    private BundleZip(ZipFile zip) {
        this.zip = zip;
    }

    static BundleZip open(Path file) throws FaultException {
        String name = String.valueOf(file.getFileName());
        BundleZip bundle;
        try {
            requireBearableList(file);
            bundle = new BundleZip(new ZipFile(file.toFile()));
        } catch (IOException | IllegalArgumentException e) {
            throw new FaultException(Files.isReadable(file) ? Fault.NOT_A_BUNDLE : Fault.UNREADABLE, name);
        }
        try {
            bundle.list();
            return bundle;
        } catch (FaultException e) {
            bundle.close();
            throw e;
        }
    }

    private static void requireBearableList(Path file) throws IOException, FaultException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(in.length(), END_SIZE + END_COMMENT)];
            in.seek(in.length() - end.length);
            in.readFully(end);
            ByteBuffer buffer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = end.length - END_SIZE; at >= 0; at--) {
                if (buffer.getInt(at) == END_MAGIC) {
                    int size = buffer.getInt(at + LIST_SIZE_AT);
                    if (size < 0 || size > MOST_LIST_BYTES) {
                        throw new FaultException(Fault.TOO_LARGE, String.valueOf(file.getFileName()));
                    }
                    return;
                }
            }
            throw new IOException("no zip");
        }
    }

    private void list() throws FaultException {
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry;
            try {
                entry = all.nextElement();
            } catch (RuntimeException e) {
                throw new FaultException(Fault.NOT_A_BUNDLE, "zip");
            }
            if (!BundlePath.isAllowed(entry.getName())) {
                throw new FaultException(Fault.FILE_NAME, printable(entry.getName()));
            }
            if (entries.put(entry.getName(), entry) != null) {
                throw new FaultException(Fault.FILE_TWICE, entry.getName());
            }
        }
    }

    /** A hostile name must not play tricks on a terminal. */
    private static String printable(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._/-]", "?");
        return plain.length() > 160 ? plain.substring(0, 160) : plain;
    }

    /** The names, sorted. */
    SortedMap<String, ZipEntry> names() {
        return Collections.unmodifiableSortedMap(entries);
    }

    boolean has(String path) {
        return entries.containsKey(path);
    }

    byte[] read(String path) throws FaultException {
        return read(path, MOST_FILE_BYTES);
    }

    /** @throws FaultException also if it is longer than that once unpacked */
    byte[] read(String path, int most) throws FaultException {
        ZipEntry entry = entries.get(path);
        if (entry == null) {
            throw new FaultException(Fault.FILE_MISSING, path);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            unpacked += bytes.length;
            if (bytes.length > most || unpacked > 4 * MOST_BYTES) {
                throw new FaultException(Fault.TOO_LARGE, path);
            }
            return bytes;
        } catch (IOException | RuntimeException e) {
            throw new FaultException(Fault.UNREADABLE, path);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // nothing was written
        }
    }
}
