package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** A folder, in two levels by the digest's first bytes. The bytes lie as they are: encrypt the disk. */
@ApplicationScoped
class FolderAttachmentStore implements AttachmentStore {
    private final Path store;

    FolderAttachmentStore(AttachmentConfig config) {
        this.store = config.folder().resolve("store");
    }

    @Override
    public void keep(Path file, String sha256) throws IOException {
        Path folder = folder(sha256);
        StoredFiles.privateFolder(folder);
        Files.move(file, place(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Path at = folder; at != null && at.startsWith(store); at = at.getParent()) {
            force(at);
        }
    }

    /** A folder's own entries, of which the file's or a new folder's is one. */
    private static void force(Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(place(sha256));
    }

    @Override
    public long length(String sha256) {
        try {
            return Files.size(place(sha256));
        } catch (IOException notThere) {
            return -1;
        }
    }

    @Override
    public List<String> keptBefore(Instant before) throws IOException {
        return StoredFiles.before(store, before).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Override
    public void remove(String sha256) throws IOException {
        Files.deleteIfExists(place(sha256));
    }

    private Path folder(String sha256) {
        return store.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
    }

    private Path place(String sha256) {
        return folder(sha256).resolve(sha256);
    }
}
