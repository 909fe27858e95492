package org.xietong.witness;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.xietong.crypto.Reloading;
import org.xietong.crypto.Signer;

/**
 * The keys that a witness cosigns with: one, and while it rotates the next one beside it, so that whoever knows only one of the two
 * finds his line. Thread-safe.
 */
public final class WitnessKeys {
    private final Reloading<List<Signer>> files;
    private final Consumer<Reloading<?>> told;

    private WitnessKeys(Reloading<List<Signer>> files, Consumer<Reloading<?>> told) {
        this.files = files;
        this.told = told;
    }

    /** One for good. */
    public static WitnessKeys of(Signer only) {
        return new WitnessKeys(new Reloading<>(List.of(), () -> List.of(only)), files -> {});
    }

    /**
     * Of files that may be exchanged.
     *
     * @param reading as {@link Reloading} wants it; the key in use first
     * @param told of each exchange, whether the files can be used or not
     */
    public static WitnessKeys in(List<Path> files, Supplier<List<Signer>> reading, Consumer<Reloading<?>> told) {
        return new WitnessKeys(new Reloading<>(files, reading), told);
    }

    List<Signer> current() {
        return files.current();
    }

    /** Why the files that lie there now are not in use; empty if they are. */
    Optional<String> refusal() {
        return files.refusal();
    }

    /** Takes exchanged files into use; one thread at a time. */
    void look() {
        if (files.look() != Reloading.Look.SAME) {
            told.accept(files);
        }
    }
}
