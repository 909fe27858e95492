package org.xietong.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The demonstration's data: made anew each time, and only ever a folder that a demonstration made. */
final class DemonstrationFolder {
    private static final String MARK = "xietong-demonstration";

    private DemonstrationFolder() {}

    /** Empties the folder of an earlier demonstration; refuses one that holds anything else. */
    static void renew(Path folder) {
        try {
            if (Files.isDirectory(folder) && !Files.exists(folder.resolve(MARK)) && !isEmpty(folder)) {
                throw new LaunchException(
                        "该目录不是演示数据，不会覆盖：" + folder, "not a demonstration's data, so not overwritten: " + folder);
            }
            if (Files.isDirectory(folder)) {
                try (DataFolder database = DataFolder.open(folder.resolve("database"), Duration.ZERO)) {
                    EmbeddedDatabase.stopLeftOver(database);
                }
                FileTrees.delete(folder);
            }
            Files.createDirectories(folder);
            Files.createFile(folder.resolve(MARK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
