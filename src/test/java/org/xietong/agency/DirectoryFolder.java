package org.xietong.agency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;

/**
 * The operator's folder with {@code deploy/directory.example.yaml} and the certificates it names. A test changes one
 * thing in it and reads it.
 */
final class DirectoryFolder {
    private final Path folder;
    private final Map<String, KeyFile> keys = new LinkedHashMap<>();
    private String yaml;

    DirectoryFolder(Path folder) throws IOException {
        this.folder = folder;
        this.yaml = Files.readString(Path.of("deploy/directory.example.yaml"));
        Files.createDirectories(folder.resolve("certificates"));
        write("root-gm", TestKeys.GM.keyFile());
        write("root-intl", TestKeys.INTL.keyFile());
        write("msa-cms-old", TestKeys.sm2("msa-cms-old"));
        write("msa-cms", TestKeys.sm2("msa-cms"));
        write("police-cms", TestKeys.sm2("police-cms"));
        write("aud-log", TestKeys.p256("aud-log"));
        write("msa-007", TestKeys.sm2("msa-007"));
        write("out-ipcourt", TestKeys.outside("out-ipcourt"));
    }

    DirectoryFolder write(String name, KeyFile key) throws IOException {
        keys.put(name, key);
        Files.writeString(folder.resolve("certificates/" + name + ".pem"), Pem.ofCertificate(key.certificate()));
        return this;
    }

    /** Replaces a text, which must be there. */
    DirectoryFolder replace(String text, String by) {
        if (!yaml.contains(text)) {
            throw new AssertionError("the example has no such text: " + text);
        }
        yaml = yaml.replace(text, by);
        return this;
    }

    DirectoryFile read() throws IOException {
        return DirectoryFile.read(Files.writeString(folder.resolve("directory.yaml"), yaml));
    }

    /** Removes all that other tests have imported. */
    static void empty(DataSource owner) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE unit, case_system, officer, registered_key, trusted_authority");
            statement.execute("DELETE FROM outside_recipient");
        }
    }

    KeyFile key(String name) {
        return keys.get(name);
    }

    String keyId(String name) {
        return keys.get(name).signer().keyId();
    }
}
