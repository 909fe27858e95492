package org.xietong.policy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.xietong.agency.AgencyCode;

/** The shipped policy with one thing changed. A change that finds nothing to change fails the test. */
final class PolicyFiles implements PolicySource {
    private final Map<String, byte[]> files = new HashMap<>();

    static PolicyFiles shipped() {
        PolicyFiles copy = new PolicyFiles();
        try {
            copy.take("vocabulary.yaml");
            copy.take("ceiling.yaml");
            copy.take("outside.yaml");
            for (AgencyCode agency : AgencyCode.values()) {
                copy.take(agency + ".yaml");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    /** Replaces the first occurrence. */
    PolicyFiles replace(String file, String old, String now) {
        String text = new String(files.get(file), StandardCharsets.UTF_8);
        int at = text.indexOf(old);
        if (at < 0) {
            throw new AssertionError(file + " does not hold: " + old);
        }
        return put(file, text.substring(0, at) + now + text.substring(at + old.length()));
    }

    PolicyFiles put(String file, String text) {
        files.put(file, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PolicyFiles remove(String file) {
        files.remove(file);
        return this;
    }

    @Override
    public byte[] read(String name) throws IOException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new FileNotFoundException(name);
        }
        return bytes;
    }

    private void take(String name) throws IOException {
        files.put(name, PolicySource.shipped().read(name));
    }
}
