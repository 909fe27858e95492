package org.xietong.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Reloading;
import org.xietong.crypto.Signer;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.label.StrictYaml;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.WitnessKeys;
import org.xietong.witness.WitnessSetup;

/** A witness's configuration (docs/guides/witness.md). Paths are relative to the file's folder; unknown keys are refused. */
final class WitnessFile {
    private static final Set<String> KEYS = Set.of("name", "listen", "key", "keyNext", "passwordFile", "state", "logs");
    private static final Set<String> LOG_KEYS = Set.of("origin", "tree", "keys", "pull", "every", "deposit");
    private static final String LOOPBACK = "127.0.0.1:8091";

    private final Path file;

    private WitnessFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** @throws LaunchException that names what is wrong, never what the password is */
    static WitnessSetup read(Path path) {
        WitnessFile file = new WitnessFile(path);
        try {
            return file.setup(StrictYaml.parse(Files.readAllBytes(path)));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            throw new LaunchException("见证人配置无法读取：" + path, "the witness's configuration cannot be read: " + path, e);
        }
    }

    private WitnessSetup setup(JsonNode root) throws IOException {
        refuseUnknown(root, KEYS);
        List<WatchedLog> logs = new ArrayList<>();
        for (JsonNode log : root.path("logs")) {
            logs.add(log(log));
        }
        return new WitnessSetup(
                required(root, "name"),
                keys(root),
                address(optional(root, "listen").orElse(LOOPBACK)),
                path(required(root, "state")),
                logs);
    }

    private WitnessKeys keys(JsonNode root) {
        Path key = path(required(root, "key"));
        Optional<Path> next = optional(root, "keyNext").map(this::path);
        @Nullable
        Path passwordFile = optional(root, "passwordFile").map(this::path).orElse(null);
        char[] password = KeyPassword.ask(passwordFile, KeygenCommand.PASSWORD_VARIABLE, key.toString());
        return WitnessKeys.in(
                Stream.concat(Stream.of(key), next.stream()).toList(),
                () -> signers(key, next, password),
                WitnessFile::tell);
    }

    /** The file of a key that is to follow need not be there; between two rotations none is. */
    private static List<Signer> signers(Path key, Optional<Path> next, char[] password) {
        List<Signer> signers = new ArrayList<>();
        signers.add(signer(key, password));
        next.filter(Files::exists).ifPresent(file -> signers.add(signer(file, password)));
        if (signers.stream()
                        .map(each -> BareKey.of(each.certificate()))
                        .distinct()
                        .count()
                != signers.size()) {
            throw new IllegalArgumentException("key, keyNext: one key in two places");
        }
        return List.copyOf(signers);
    }

    private static Signer signer(Path file, char[] password) {
        try {
            Signer signer = KeyFile.open(file, password).signer();
            if (signer.algorithm() == KeyAlgorithm.ED25519) {
                return signer;
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("cannot be opened: " + file, e);
        }
        throw new IllegalArgumentException("Ed25519 is needed: " + file);
    }

    private static void tell(Reloading<?> files) {
        files.refusal()
                .ifPresentOrElse(
                        why -> System.err.println("见证密钥未更换，沿用原密钥 / the witness's key stays as it is: " + why),
                        () -> System.out.println("见证密钥已更换 / the witness's keys were exchanged"));
    }

    private static WatchedLog log(JsonNode log) throws MalformedEvidenceException {
        refuseUnknown(log, LOG_KEYS);
        List<VerifierKey> keys = new ArrayList<>();
        for (JsonNode key : log.path("keys")) {
            keys.add(VerifierKey.parse(key.asText()));
        }
        Optional<WatchedLog.Pull> pull = optional(log, "pull")
                .map(url -> new WatchedLog.Pull(
                        URI.create(url),
                        Duration.parse(optional(log, "every").orElse("PT5S")),
                        optional(log, "deposit").map(URI::create)));
        return new WatchedLog(required(log, "origin"), tree(required(log, "tree")), keys, pull);
    }

    private static TreeHash tree(String name) {
        return switch (name) {
            case "sha256" -> TreeHash.SHA_256;
            case "sm3" -> TreeHash.SM3;
            default -> throw new IllegalArgumentException("tree: sha256 or sm3");
        };
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("listen: address:port");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private Path path(String text) {
        return file.resolveSibling(text);
    }

    private static String required(JsonNode node, String key) {
        return optional(node, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static Optional<String> optional(JsonNode node, String key) {
        return Optional.of(node.path(key).asText()).filter(text -> !text.isBlank());
    }

    private static void refuseUnknown(JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown: " + name);
            }
        });
    }
}
