package org.xietong.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.SecretKeyFile;
import org.xietong.crypto.Suite;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Makes a key where it will be used, so that it never travels, and what an authority needs to certify it; later puts
 * the issued certificate to the key.
 */
@Command(
        name = "keygen",
        description = {
            "生成密钥：key.p12、request.pem（证书申请）、public.pem、certificate.pem（自签，待换）。",
            "Makes key.p12, request.pem (PKCS#10), public.pem and a self-signed certificate.pem, to be replaced."
        })
final class KeygenCommand implements Callable<Integer> {
    static final String PASSWORD_VARIABLE = "XIETONG_KEY_PASSWORD";
    private static final Duration PROVISIONAL = Duration.ofDays(90);

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--suite",
            paramLabel = "gm|intl",
            description = {"算法套件，默认 gm", "suite, gm by default"})
    Suite suite = Suite.GM;

    @Option(
            names = "--algorithm",
            paramLabel = "sm2|p256|ed25519",
            description = {"算法；gm 默认 sm2，intl 默认 p256", "algorithm; sm2 for gm, p256 for intl by default"})
    @Nullable
    KeyAlgorithm algorithm;

    @Option(
            names = "--secret",
            description = {"盲索引的 HMAC 密钥：只生成 key.p12", "an HMAC key, for the blind index: key.p12 alone"})
    boolean secret;

    @Option(
            names = "--name",
            paramLabel = "CN",
            description = {"证书主体的通用名", "common name of the subject"})
    @Nullable
    String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = {"密钥所在目录", "folder of the key"})
    @Nullable
    Path out;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = {"将签发的证书（PEM）装入已有密钥", "puts an issued certificate (PEM) to the key that is there"})
    @Nullable
    Path certificate;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = {"首行为密钥口令", "its first line is the key's password (or " + PASSWORD_VARIABLE + ")"})
    @Nullable
    Path passwordFile;

    @Option(
            names = "--witness",
            description = {
                "见证人密钥：Ed25519，--name 为见证人名称；另写 vkey（公钥）",
                "a witness's key: Ed25519, named by --name; vkey, the verifier key, is written too"
            })
    boolean witness;

    @Override
    public Integer call() {
        Path folder = Objects.requireNonNull(out);
        Path key = folder.resolve("key.p12");
        try {
            if (secret) {
                return generateSecret(folder, key);
            }
            KeyFile made = certificate == null ? generate(folder, key) : install(key, certificate);
            System.out.println("keyid " + made.signer().keyId());
            System.out.println(key);
            return 0;
        } catch (FileAlreadyExistsException e) {
            throw new LaunchException("文件已存在，不覆盖：" + e.getFile(), "it is there already and stays: " + e.getFile());
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException("密钥处理失败：" + folder, "the key could not be handled: " + folder, e);
        }
    }

    private int generateSecret(Path folder, Path file) throws IOException {
        if (name != null || algorithm != null || certificate != null) {
            throw usage("--secret 不与 --name、--algorithm、--certificate 同用 / --secret goes without them");
        }
        Files.createDirectories(folder);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        SecretKeyFile made = SecretKeyFile.generate();
        made.create(file, KeyPassword.choose(passwordFile, PASSWORD_VARIABLE));
        System.out.println("keyid " + made.key().keyId());
        System.out.println(file);
        return 0;
    }

    private KeyFile generate(Path folder, Path file) throws IOException {
        if (name == null || name.isBlank()) {
            throw usage("缺少 --name / --name is missing");
        }
        if (witness) {
            return generateWitness(folder, file, name);
        }
        KeyAlgorithm chosen = algorithm == null ? defaultAlgorithm() : algorithm;
        if (chosen.suite() != suite) {
            throw usage("算法不属于该套件 / the algorithm is not of this suite: " + chosen + ", " + suite);
        }
        return create(folder, file, chosen, name);
    }

    /** A name that no key can have is refused before there is one. */
    private KeyFile generateWitness(Path folder, Path file, String name) throws IOException {
        if (name.codePoints().anyMatch(point -> point == '+' || Character.isWhitespace(point))) {
            throw usage("见证人名称不得含空格或加号 / a witness's name has neither spaces nor plus signs");
        }
        KeyFile key = create(folder, file, KeyAlgorithm.ED25519, name);
        String vkey = NoteSigner.of(name, SignatureType.COSIGNATURE_V1, key.signer())
                .verifierKey()
                .toString();
        Files.writeString(folder.resolve("vkey"), vkey + "\n");
        System.out.println("vkey " + vkey);
        return key;
    }

    private KeyFile create(Path folder, Path file, KeyAlgorithm chosen, String name) throws IOException {
        Files.createDirectories(folder);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        char[] password = KeyPassword.choose(passwordFile, PASSWORD_VARIABLE);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        KeyFile key = KeyFile.generate(chosen, name, now, now.plus(PROVISIONAL));
        key.create(file, password);
        Files.writeString(folder.resolve("request.pem"), Pem.ofRequest(key.request()));
        Files.writeString(folder.resolve("public.pem"), Pem.ofPublicKey(key.certificate()));
        Files.writeString(folder.resolve("certificate.pem"), Pem.ofCertificate(key.certificate()));
        return key;
    }

    private KeyFile install(Path file, Path issued) throws IOException {
        if (name != null || algorithm != null) {
            throw usage("--certificate 不与 --name、--algorithm 同用 / --certificate goes without --name, --algorithm");
        }
        char[] password = KeyPassword.ask(passwordFile, PASSWORD_VARIABLE, file.toString());
        KeyFile key = KeyFile.open(file, password).withCertificate(Pem.certificate(Files.readString(issued)));
        key.replace(file, password);
        Files.writeString(file.resolveSibling("certificate.pem"), Pem.ofCertificate(key.certificate()));
        return key;
    }

    private KeyAlgorithm defaultAlgorithm() {
        return switch (suite) {
            case GM -> KeyAlgorithm.SM2;
            case INTL -> KeyAlgorithm.P256;
        };
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
