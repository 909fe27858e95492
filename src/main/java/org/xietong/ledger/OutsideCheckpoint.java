package org.xietong.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;

/**
 * The newest published checkpoint of the SHA-256 tree in a file, so that a database which was set back is recognised: its
 * head is smaller, or another. Replaced as a whole and on disk when {@link #keep} returns; never by a smaller one in the life of
 * one process, unless an operator gave it up. Each replica keeps its own.
 */
public final class OutsideCheckpoint {
    private final Path folder;
    private final Path file;
    private long kept = -1;

    public OutsideCheckpoint(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("checkpoint");
    }

    /** Where it lies, for messages to the operator. */
    public Path file() {
        return file;
    }

    /** The size of what this process has kept; -1 before. */
    synchronized long kept() {
        return kept;
    }

    /** An operator has decided that what was kept is lost: the next one may be smaller. */
    synchronized void giveUp() {
        kept = -1;
    }

    /** @throws IOException if the disk does not take it; what was kept before is still there */
    synchronized void keep(SignedHead head) throws IOException {
        if (head.size() <= kept) {
            return;
        }
        Files.createDirectories(folder);
        Path next = folder.resolve("checkpoint.next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(head.sha256().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        kept = head.size();
    }

    /**
     * What was kept last; empty if nothing was. Nobody's signature is checked here: {@link LogIdentity#recognise} must.
     *
     * @throws IOException if it cannot be read, or is no checkpoint
     */
    public Optional<SignedCheckpoint> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SignedCheckpoint.parse(Files.readAllBytes(file)));
        } catch (MalformedEvidenceException e) {
            throw new IOException("不是检查点：" + file + " / not a checkpoint: " + file, e);
        }
    }
}
