package org.xietong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL writes of itself into {@code postmaster.pid} (storage/pidfile.h): line 1 the process, line 4 the
 * port. It may be stale: the process may have ended, or its number be another's now.
 */
record PostmasterFile(Path file, long pid, int port) {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    /** Empty if no server runs here, or it has only just begun to start. */
    static Optional<PostmasterFile> read(Path cluster) {
        Path file = cluster.resolve("postmaster.pid");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.size() <= PORT_LINE
                    ? Optional.empty()
                    : Optional.of(new PostmasterFile(
                            file,
                            Long.parseLong(lines.get(PID_LINE).strip()),
                            Integer.parseInt(lines.get(PORT_LINE).strip())));
        } catch (IOException | NumberFormatException e) {
            throw new LaunchException("无法读取 " + file, "cannot read " + file, e);
        }
    }

    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LaunchException("无法删除 " + file, "cannot delete " + file, e);
        }
    }
}
