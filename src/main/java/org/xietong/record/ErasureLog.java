package org.xietong.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Erasures and spills outside the database: a file that is only appended to, one line of JSON each, with ids, codes and digests and without a
 * word of what was erased. On disk when {@link #append} returns. A line that a crash left unfinished is taken off; one that
 * cannot be read stops the start. Thread-safe.
 */
final class ErasureLog {
    private final Path file;
    private final Set<UUID> known = new HashSet<>();
    /** How long the file was when we last read or wrote it. */
    private long length;
    /** Whether we appended to a file that was not as we left it: then its length tells nothing until it is compared. */
    private boolean doubted;

    ErasureLog(Path file) {
        this.file = file;
    }

    /**
     * Every line.
     *
     * @throws IOException if the file cannot be read, or says something else
     */
    synchronized List<OutsideLine> read() throws IOException {
        known.clear();
        length = 0;
        doubted = false;
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
                channel.force(true);
            }
        }
        List<OutsideLine> lines = new ArrayList<>();
        for (String text :
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            OutsideLine line = OutsideLine.parse(text);
            known.add(line.id());
            lines.add(line);
        }
        length = end;
        return lines;
    }

    /** Whether the file is as we left it: else somebody replaced, cut or removed it, and it must be read and compared anew. */
    synchronized boolean isAsLeft() throws IOException {
        return !doubted && (Files.exists(file) ? Files.size(file) == length : length == 0);
    }

    /** How many of these it does not hold. */
    synchronized int missing(List<OutsideLine> wanted) {
        return (int) wanted.stream().filter(line -> !known.contains(line.id())).count();
    }

    /**
     * Those that it does not hold yet; the others are passed over. Where the file is not as we left it, what it says counts, and it
     * stays in doubt until {@link #read} is called and compared.
     */
    synchronized void append(List<OutsideLine> wanted) throws IOException {
        if (!isAsLeft()) {
            read();
            doubted = true;
        }
        StringBuilder lines = new StringBuilder();
        List<UUID> added = new ArrayList<>();
        for (OutsideLine line : wanted) {
            if (!known.contains(line.id())) {
                lines.append(line.text()).append('\n');
                added.add(line.id());
            }
        }
        if (added.isEmpty()) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        boolean fresh = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long before = channel.size();
            try {
                channel.position(before);
                ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
                length = channel.size();
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }
        if (fresh) {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
        known.addAll(added);
    }
}
