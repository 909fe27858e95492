package org.xietong.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/** Reads who the witnesses are; says plainly what is wrong with it. */
final class WitnessFiles {
    private WitnessFiles() {}

    /** The files that {@link #read} reads. */
    static List<Path> of(WitnessesConfig config) {
        return config.byLabel().values().stream()
                .flatMap(one -> one.keysFile().stream())
                .toList();
    }

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    static List<KnownWitness> read(WitnessesConfig config) {
        List<KnownWitness> known = new ArrayList<>();
        config.byLabel().forEach((label, one) -> {
            List<WitnessKey> keys = keys(label, one);
            KnownWitness witness = new KnownWitness(
                    one.agency(),
                    keys.stream()
                            .filter(key -> !key.withdrawn())
                            .map(WitnessKey::key)
                            .toList(),
                    keys.stream()
                            .filter(WitnessKey::withdrawn)
                            .map(WitnessKey::key)
                            .toList(),
                    one.url(),
                    one.monitoringUrl().or(one::url));
            requireNew(witness, known);
            known.add(witness);
        });
        return List.copyOf(known);
    }

    private static List<WitnessKey> keys(String label, WitnessesConfig.One one) {
        if (one.key().isPresent() == one.keysFile().isPresent()) {
            throw refused(
                    label + ".key 与 .keys-file 须且只须配置一项",
                    "configure exactly one of " + label + ".key and " + label + ".keys-file");
        }
        List<String> lines =
                one.key().orElseGet(() -> lines(label, one.keysFile().orElseThrow()));
        List<WitnessKey> keys = lines.stream().map(line -> key(label, line)).toList();
        if (keys.isEmpty()) {
            throw refused(label + " 没有公钥", label + " has no key");
        }
        return keys;
    }

    private static List<String> lines(String label, Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw refused(label + ".keys-file 无法读取：" + file, label + ".keys-file cannot be read: " + file);
        }
    }

    private static WitnessKey key(String label, String text) {
        try {
            WitnessKey key = WitnessKey.parse(text);
            if (key.until().isEmpty()) {
                return key;
            }
        } catch (MalformedEvidenceException e) {
            throw refused(
                    label + " 的公钥不是见证人公钥（cosignature/v1）",
                    label + ": what stands there is no key of a witness (cosignature/v1)");
        }
        throw refused(label + "：停用的公钥删去该行即可", label + ": to retire a key take its line out");
    }

    /** Under one name and one key there is one witness, so that none counts twice. */
    private static void requireNew(KnownWitness witness, List<KnownWitness> others) {
        List<VerifierKey> mine = all(witness).toList();
        boolean named = mine.stream().allMatch(key -> key.name().equals(witness.name()));
        boolean once = mine.stream().map(VerifierKey::key).distinct().count() == mine.size();
        boolean isNew = others.stream()
                .noneMatch(other -> other.name().equals(witness.name())
                        || all(other)
                                .anyMatch(key ->
                                        mine.stream().anyMatch(own -> own.key().equals(key.key()))));
        if (!named || !once || !isNew) {
            throw refused("见证人名称或公钥重复", "a witness's name or key stands there twice");
        }
    }

    private static Stream<VerifierKey> all(KnownWitness witness) {
        return Stream.concat(witness.keys().stream(), witness.withdrawn().stream());
    }

    static IllegalStateException refused(String zh, String en) {
        return new IllegalStateException("见证人：" + zh + "。 / Witnesses: " + en + ".");
    }
}
