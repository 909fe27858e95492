package org.xietong.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * What the command line must know before the service's own configuration exists. Order: system property, environment
 * variable, {@code --config} file.
 */
final class Settings {
    private Settings() {}

    /** Makes the keys of a properties file (UTF-8) system properties, unless the environment sets them. */
    static void load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException("无法读取配置文件：" + file, "the configuration file cannot be read: " + file, e);
        }
        for (String key : properties.stringPropertyNames()) {
            if (find(key).isEmpty()) {
                System.setProperty(key, properties.getProperty(key));
            }
        }
    }

    static Optional<String> find(String key) {
        String value = System.getProperty(key);
        return Optional.ofNullable(value == null ? System.getenv(variable(key)) : value)
                .filter(v -> !v.isBlank());
    }

    /** {@code xietong.database.url} is {@code XIETONG_DATABASE_URL} in the environment, as MicroProfile Config has it. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Where data lies unless told otherwise: {@code data} in the project's folder, or in the working directory. */
    static Path dataFolder() {
        return Path.of(find("xietong.home").orElse("."), "data");
    }
}
