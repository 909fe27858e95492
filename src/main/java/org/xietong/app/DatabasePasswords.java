package org.xietong.app;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The passwords of an embedded database, made at random when it is set up, and kept in a file that only its owner can
 * read (0600). They never leave the machine: the database listens on loopback only.
 */
public final class DatabasePasswords {
    private static final String SUPERUSER = "superuser";

    private final Properties values;

    private DatabasePasswords(Properties values) {
        this.values = values;
    }

    /** Reads the file. */
    static DatabasePasswords read(Path file) {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException e) {
            throw new LaunchException(
                    "无法读取数据库口令文件：" + file, "the file of database passwords cannot be read: " + file, e);
        }
        return new DatabasePasswords(values);
    }

    /** Makes new passwords and puts them into the file, whole or not at all. */
    static DatabasePasswords create(Path file) {
        Properties values = new Properties();
        SecureRandom random = new SecureRandom();
        values.setProperty(SUPERUSER, newPassword(random));
        for (DatabaseRole role : DatabaseRole.values()) {
            values.setProperty(role.key(), newPassword(random));
        }
        try {
            Path draft = ownerOnly(file.resolveSibling(file.getFileName() + ".new"));
            try (Writer writer = Files.newBufferedWriter(draft)) {
                values.store(writer, "Passwords of the embedded database. Keep this file with the data.");
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DatabasePasswords(values);
    }

    String superuser() {
        return value(SUPERUSER);
    }

    /** The password with which this role logs in. */
    public String of(DatabaseRole role) {
        return value(role.key());
    }

    private String value(String key) {
        String value = values.getProperty(key);
        if (value == null) {
            throw new LaunchException("数据库口令文件不完整，缺少：" + key, "the file of database passwords lacks: " + key);
        }
        return value;
    }

    private static String newPassword(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** An empty file that is never, not even for a moment, open to others. */
    static Path ownerOnly(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
