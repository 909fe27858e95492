package org.xietong.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.xietong.agency.DirectoryFile;
import org.xietong.agency.DirectoryImport;
import org.xietong.app.DatabaseRole;
import org.xietong.crypto.Digests;

/**
 * Recipients outside the system, each with nothing but {@code openssl}: a certificate authority of their own, their keys, and how they open
 * what they get and sign that they have it. Registered by an operator's file, like any other.
 */
public final class OutsideParties {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String CONFIG = """
            [ca]
            default_ca = own
            [own]
            dir = .
            database = index
            serial = serial
            crlnumber = crlnumber
            new_certs_dir = .
            certificate = ca.pem
            private_key = ca.key
            default_md = sha256
            policy = any
            default_crl_days = 30
            unique_subject = no
            [any]
            commonName = supplied
            [both]
            basicConstraints = critical, CA:FALSE
            keyUsage = critical, digitalSignature, nonRepudiation, keyAgreement
            [signing]
            basicConstraints = critical, CA:FALSE
            keyUsage = critical, digitalSignature, nonRepudiation
            [req]
            distinguished_name = name
            [name]
            [authority]
            basicConstraints = critical, CA:TRUE
            keyUsage = critical, keyCertSign, cRLSign
            subjectKeyIdentifier = hash
            """;

    private final City city;
    private final Path folder;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    public OutsideParties(City city) {
        this.city = city;
        try {
            folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "outside")), "ca")
                    .toAbsolutePath();
            Files.writeString(folder.resolve("ca.cnf"), CONFIG);
            Files.writeString(folder.resolve("index"), "");
            Files.writeString(folder.resolve("serial"), "01\n");
            Files.writeString(folder.resolve("crlnumber"), "01\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        openssl(
                "req",
                "-x509",
                "-config",
                "ca.cnf",
                "-extensions",
                "authority",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem",
                "-subj",
                "/CN=Outside " + suffix,
                "-days",
                "30");
    }

    /** How a command ended, and all that it wrote. */
    public record Ran(int code, byte[] output) {
        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    /** A recipient, by its id in the registry. */
    public String id(String word) {
        return "OUT-420100-" + word + suffix;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** A key and its certificate, {@code <name>.key} and {@code <name>.pem}, valid from an hour ago. */
    public void certify(String name, boolean sm2, String use, Instant until) {
        List<String> key = sm2
                ? List.of("-newkey", "sm2", "-sm3")
                : List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        List<String> request = new ArrayList<>(List.of("req", "-new", "-config", "ca.cnf"));
        request.addAll(key);
        request.addAll(List.of(
                "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name + "-" + suffix));
        openssl(request.toArray(String[]::new));
        issue(name, use, until);
    }

    /** Certifies {@code <name>.csr} for signing and sealing. */
    public void issue(String name) {
        issue(name, "both", Instant.now().plus(Duration.ofDays(20)));
    }

    private void issue(String name, String use, Instant until) {
        openssl(
                "ca",
                "-batch",
                "-config",
                "ca.cnf",
                "-extensions",
                use,
                "-in",
                name + ".csr",
                "-out",
                name + ".pem",
                "-notext",
                "-startdate",
                DATE.format(Instant.now().minus(Duration.ofHours(1))),
                "-enddate",
                DATE.format(until));
    }

    public void certify(String name, boolean sm2) {
        certify(name, sm2, "both", Instant.now().plus(Duration.ofDays(20)));
    }

    /** What its authority has revoked by now, in DER, this certificate among it. */
    public byte[] revoked(String name) {
        openssl("ca", "-config", "ca.cnf", "-revoke", name + ".pem");
        openssl("ca", "-config", "ca.cnf", "-gencrl", "-out", "list.pem");
        return openssl("crl", "-in", "list.pem", "-outform", "DER").output();
    }

    /** The entry of a directory file; without a certificate where the name is empty. */
    public String entry(String word, String kind, String name) {
        return "  - {id: " + id(word) + ", kind: " + kind
                + ", division: \"420100\", nameZh: 某接收单位, nameEn: Some recipient"
                + (name.isEmpty() ? "" : ", certificate: " + name + ".pem") + "}\n";
    }

    /** Registered by the operator's file, as these entries say; returns once every exchange knows them. */
    public void register(String... entries) throws SQLException {
        load(entries);
        for (String entry : entries) {
            String id = entry.substring(entry.indexOf("id: ") + 4, entry.indexOf(','));
            Stored.await("the registry holds " + id, Duration.ofSeconds(10), () -> listed().contains("\"" + id + "\""));
        }
    }

    /** Whatever the import says of them. */
    public void load(String... entries) throws SQLException {
        try {
            Path file = folder.resolve("directory.yaml");
            Files.writeString(
                    file,
                    "authorities:\n  - {name: 某认证机构, file: ca.pem}\noutsideRecipients:\n" + String.join("", entries));
            new DirectoryImport(city.database(DatabaseRole.OWNER), Clock.systemUTC()).run(DirectoryFile.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String listed() {
        StringBuilder all = new StringBuilder();
        String after = "";
        do {
            Reply page = Audits.reply(city.call(City.MSA, "GET", "/v1/outside-recipients?limit=100" + after)
                            .send())
                    .requireStatus(200);
            all.append(page.json());
            after = page.json().has("next")
                    ? "&after=" + page.json().get("next").asText()
                    : "";
        } while (!after.isEmpty());
        return all.toString();
    }

    /** Opens a sealed packet with a key, into a new folder. */
    public Path opened(byte[] sealed, String name) throws IOException {
        return opened(sealed, "-recip", name + ".pem", "-inkey", name + ".key");
    }

    /** Opens it with a passphrase. */
    public Path openedBy(byte[] sealed, String passphrase) throws IOException {
        return opened(sealed, "-pwri_password", passphrase);
    }

    private Path opened(byte[] sealed, String... by) throws IOException {
        Path place = Files.createTempDirectory(folder, "opened");
        Files.write(place.resolve("packet.p7m"), sealed);
        Ran ran = decrypts(place.resolve("packet.p7m"), place.resolve("packet.zip"), by);
        assertEquals(0, ran.code(), ran.text());
        Ran unzipped = run(place, "sh", "-c", "mkdir open && cd open && jar -xf ../packet.zip");
        assertEquals(0, unzipped.code(), unzipped.text());
        return place.resolve("open");
    }

    /** Whether openssl opens it. */
    public Ran decrypts(byte[] sealed, String... by) throws IOException {
        Path place = Files.createTempDirectory(folder, "tried");
        Files.write(place.resolve("packet.p7m"), sealed);
        return decrypts(place.resolve("packet.p7m"), place.resolve("packet.zip"), by);
    }

    private Ran decrypts(Path sealed, Path out, String... by) {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                sealed.toString(),
                "-out",
                out.toString()));
        command.addAll(List.of(by));
        return run(folder, command.toArray(String[]::new));
    }

    /** Signs a receipt: in CMS with P-256, bare with SM2. */
    public byte[] sign(String name, boolean sm2, String receipt) throws IOException {
        Files.writeString(folder.resolve("receipt.txt"), receipt);
        return sm2
                ? openssl("dgst", "-sm3", "-sigopt", "distid:1234567812345678", "-sign", name + ".key", "receipt.txt")
                        .output()
                : openssl(
                                "cms",
                                "-sign",
                                "-binary",
                                "-in",
                                "receipt.txt",
                                "-signer",
                                name + ".pem",
                                "-inkey",
                                name + ".key",
                                "-outform",
                                "DER")
                        .output();
    }

    /** Alters the record of an opened packet, and makes it all fit again under the signatures of these two, P-256 and SM2. */
    public void forge(Path open, String p256, String sm2) throws IOException {
        Files.writeString(
                open.resolve("record.json"),
                Files.readString(open.resolve("record.json")).replace("158", "8"));
        List<String> signers = new ArrayList<>();
        for (String name : List.of(p256, sm2)) {
            String id = Digests.hex(Digests.sha256(
                    openssl("x509", "-in", name + ".pem", "-outform", "DER").output()));
            signers.add(id);
            Files.copy(
                    folder.resolve(name + ".pem"), open.resolve("certificates").resolve(id + ".pem"));
        }
        Set<String> own = Set.of("manifest.json", "manifest.p7s", "manifest.sm2.sig");
        StringBuilder files = new StringBuilder();
        try (Stream<Path> all = Files.walk(open)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String path = open.relativize(file).toString().replace('\\', '/');
                byte[] bytes = Files.readAllBytes(file);
                if (!own.contains(path)) {
                    files.append(files.isEmpty() ? "" : ",")
                            .append("{\"path\":\"%s\",\"sha256\":\"%s\",\"size\":%d,\"sm3\":\"%s\"}"
                                    .formatted(
                                            path,
                                            Digests.hex(Digests.sha256(bytes)),
                                            bytes.length,
                                            Digests.hex(Digests.sm3(bytes))));
                }
            }
        }
        String manifest = "{\"files\":[" + files + "],\"kind\":\"packet\",\"signers\":{\"p256\":\"" + signers.getFirst()
                + "\",\"sm2\":\"" + signers.getLast() + "\"},\"v\":1}";
        Files.writeString(open.resolve("manifest.json"), manifest);
        Files.write(open.resolve("manifest.p7s"), sign(p256, false, manifest));
        Files.write(open.resolve("manifest.sm2.sig"), sign(sm2, true, manifest));
    }

    private Ran openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Ran ran = run(folder, command.toArray(String[]::new));
        assertEquals(0, ran.code(), String.join(" ", arguments) + "\n" + ran.text());
        return ran;
    }

    /** Runs a command; what it says on standard error is told where it fails. */
    public static Ran run(Path folder, String... command) {
        try {
            Path errors = Files.createTempFile("run", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
            builder.environment()
                    .merge(
                            "PATH",
                            Path.of(System.getProperty("java.home"), "bin").toString(),
                            (path, own) -> path + ':' + own);
            Process process = builder.start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            byte[] said = code == 0 ? output : Files.readAllBytes(errors);
            Files.delete(errors);
            return new Ran(code, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
