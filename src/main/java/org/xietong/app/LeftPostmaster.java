package org.xietong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The database server that an earlier run left behind: after {@code kill -9} of the service PostgreSQL goes on
 * running. Whoever holds the {@link DataFolder} knows that nobody uses it any more, and may stop it.
 */
final class LeftPostmaster {
    private static final int PATIENCE_SECONDS = 60;

    private LeftPostmaster() {}

    /**
     * Stops the server of this cluster if one still runs, in order and so that nothing committed is lost. Removes a
     * pid file that names a foreign process (the number was given away again, as after a restart of the machine).
     */
    static void stop(Path cluster) {
        Optional<PostmasterFile> file = PostmasterFile.read(cluster);
        Optional<ProcessHandle> process = file.flatMap(PostmasterFile::process);
        if (process.isEmpty()) {
            return;
        }
        if (!isPostgres(process.get())) {
            file.get().delete();
            return;
        }
        interrupt(process.get());
        if (!ended(process.get())) {
            throw new LaunchException(
                    "上次运行留下的数据库进程无法停止，进程号 " + process.get().pid(),
                    "the database server left by an earlier run does not stop, process "
                            + process.get().pid());
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(c -> c.endsWith("/postgres")).orElse(true);
    }

    /** SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients, and writes a last checkpoint. */
    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
