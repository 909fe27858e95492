package org.xietong.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The witnesses: {@code xietong.witnesses."label".keys-file} and so on. */
@ConfigMapping(prefix = "xietong.witnesses")
public interface WitnessesConfig {
    /** By a label that says nothing to anybody else. */
    @WithParentName
    Map<String, One> byLabel();

    /** One of them. */
    interface One {
        /** Verifier key of type cosignature/v1 (c2sp.org/signed-note), read at start; several separated by commas. */
        Optional<List<String>> key();

        /**
         * In its place a file with such keys, one a line, which is read again when it was exchanged. A line that ends in {@code withdrawn}
         * takes a key from the quorum for good.
         */
        Optional<Path> keysFile();

        /** The agency that runs it, e.g. {@code PROC-421200}. */
        String agency();

        /** Below which {@code add-checkpoint} lies (c2sp.org/tlog-witness); none where the witness looks by itself. */
        Optional<URI> url();

        /** Below which it shows what it cosigned last ({@code <origin hash>/checkpoint}); {@link #url} where absent. */
        Optional<URI> monitoringUrl();
    }
}
