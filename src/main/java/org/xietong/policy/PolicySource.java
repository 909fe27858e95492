package org.xietong.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xietong.label.StrictYaml;

/** Where the policy files come from. */
@FunctionalInterface
public interface PolicySource {

    /** The bytes of a file, e.g. {@code COURT.yaml}; a file that is not there is an {@link IOException}. */
    byte[] read(String name) throws IOException;

    /** The start policy that ships with the product. */
    static PolicySource shipped() {
        return name -> StrictYaml.bytes("policy/" + name);
    }

    /** Files in a folder of the operator. */
    static PolicySource folder(Path folder) {
        return name -> Files.readAllBytes(folder.resolve(name));
    }
}
