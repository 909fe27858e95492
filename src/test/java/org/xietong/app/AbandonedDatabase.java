package org.xietong.app;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;

/** A process that starts a database, writes a row into it, and dies at once: its server runs on. */
final class AbandonedDatabase {
    private AbandonedDatabase() {}

    /** Returns the port of the server that was left. */
    static int leave(Path folder, Path binaries) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AbandonedDatabase.class.getName(),
                        folder.toString(),
                        binaries.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String port = null;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                port = line.startsWith("port ") ? line.substring("port ".length()) : port;
            }
        }
        if (process.waitFor() != 137 || port == null) {
            throw new IllegalStateException("exit " + process.exitValue());
        }
        return Integer.parseInt(port);
    }

    public static void main(String[] arguments) throws Exception {
        DataFolder folder = DataFolder.open(Path.of(arguments[0]), Duration.ZERO);
        EmbeddedDatabase database = EmbeddedDatabase.start(folder, Path.of(arguments[1]), 0);
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(EmbeddedDatabase.DATABASE),
                        DatabaseRole.OWNER.username(),
                        database.passwords().of(DatabaseRole.OWNER));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 'found' AS word");
        }
        System.out.println("port " + database.port());
        System.out.flush();
        Runtime.getRuntime().halt(137);
    }
}
