package org.xietong.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What stands in files, and is read again once they were exchanged, so that keys rotate without a restart. Files that cannot be
 * used change nothing: what was read last stays in force, and {@link #refusal} says why. Any thread may ask for it, one at a time
 * looks.
 */
public final class Reloading<T> {
    private final List<Path> files;
    private final Supplier<T> reading;
    private List<Optional<Stamp>> seen;
    private volatile T current;
    private volatile Optional<String> refusal = Optional.empty();

    /** What tells one file from its successor. */
    private record Stamp(String key, long size, long modified) {}

    /** What a look found. */
    public enum Look {
        SAME,
        /** The files were exchanged, and are in use. */
        EXCHANGED,
        /** The files were exchanged, and cannot be used. */
        REFUSED
    }

    /**
     * Reads for the first time.
     *
     * @param files those that are not there are watched, too
     * @param reading throws for what cannot be used; its message goes to the operator and MUST NOT hold secrets. What it throws the
     *     first time is thrown here
     */
    public Reloading(List<Path> files, Supplier<T> reading) {
        this.files = List.copyOf(files);
        this.reading = reading;
        // Before they are read: whatever comes meanwhile is seen by the next look.
        this.seen = stamps();
        this.current = reading.get();
    }

    /** What was read last and could be used. */
    public T current() {
        return current;
    }

    /** Why the files that lie there now are not in use; empty if they are. */
    public Optional<String> refusal() {
        return refusal;
    }

    /** Reads the files if any was exchanged, came or went since the last look: all of them or none. */
    public Look look() {
        List<Optional<Stamp>> now = stamps();
        if (now.equals(seen)) {
            return Look.SAME;
        }
        seen = now;
        try {
            current = reading.get();
            refusal = Optional.empty();
            return Look.EXCHANGED;
        } catch (RuntimeException e) {
            refusal = Optional.of(String.valueOf(e.getMessage()));
            return Look.REFUSED;
        }
    }

    private List<Optional<Stamp>> stamps() {
        return files.stream().map(Reloading::stamp).toList();
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(
                    String.valueOf(is.fileKey()),
                    is.size(),
                    is.lastModifiedTime().toMillis()));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
