package org.xietong.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * Erasures outside the database: a file that is only appended to, one line of JSON each, with ids, codes and digests and without a
 * word of what was erased. On disk when {@link #append} returns. A line that a crash left unfinished is taken off; one that
 * cannot be read stops the start. Thread-safe.
 */
final class ErasureLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Set<UUID> known = new HashSet<>();

    ErasureLog(Path file) {
        this.file = file;
    }

    /**
     * Every line.
     *
     * @throws IOException if the file cannot be read, or says something else
     */
    synchronized List<String> read() throws IOException {
        known.clear();
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
        List<String> lines = new ArrayList<>();
        for (String line :
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            known.add(id(line));
            lines.add(line);
        }
        return lines;
    }

    /** Those that it does not hold yet; the others are passed over. */
    synchronized void append(List<Erasure> erasures) throws IOException {
        StringBuilder lines = new StringBuilder();
        List<UUID> added = new ArrayList<>();
        for (Erasure erasure : erasures) {
            if (!known.contains(erasure.id())) {
                lines.append(line(erasure)).append('\n');
                added.add(erasure.id());
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

    /** The id that a line begins with. */
    static UUID id(String line) throws IOException {
        try {
            JsonNode tree = JSON.readTree(line);
            return UUID.fromString(tree.path("id").asText());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("a line is no erasure");
        }
    }

    private static String line(Erasure erasure) {
        Erasure.Approval approved = erasure.approved();
        if (approved == null) {
            throw new IllegalArgumentException("not approved");
        }
        ObjectNode line = JSON.createObjectNode();
        line.put("id", erasure.id().toString());
        line.put("kind", erasure.kind().name());
        line.put("target", erasure.target().toString());
        line.put("unit", erasure.unit());
        line.put("freeText", erasure.freeText());
        line.put("basis", erasure.basis());
        line.put("digest", erasure.digest());
        line.put("proposedBy", erasure.proposedBy());
        line.put("proposedKey", erasure.proposedKey());
        line.put("proposedAt", erasure.proposedAt().toString());
        line.put("proposedIn", erasure.proposedIn().toString());
        line.put("approvedBy", approved.by());
        line.put("approvedKey", approved.key());
        line.put("approvedAt", approved.at().toString());
        line.put("approvedIn", approved.exchange().toString());
        return line.toString();
    }
}
