package org.xietong.evidence.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A log in a folder, as it is served under {@code /log}. Links are not followed. */
final class FolderLog implements LogFiles {
    /** A log of a billion entries has some eight million files. */
    private static final long MOST_FILES = 10_000_000;

    private final Path folder;

    FolderLog(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws FaultException {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new FaultException(Fault.TOO_LARGE, path);
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new FaultException(Fault.UNREADABLE, path);
        }
    }

    @Override
    public List<String> all() throws FaultException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new FaultException(Fault.UNREADABLE, String.valueOf(folder.getFileName()));
        }
    }
}
