package org.xietong.app;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;

/**
 * The demonstration's witnesses, those of procuratorate and court: each a process of its own with its own key and state. They
 * end with this process, however it ends.
 */
final class DemonstrationWitnesses implements AutoCloseable {
    private static final Map<String, String> AGENCIES = Map.of("court", "COURT-421200", "procuratorate", "PROC-421200");
    private static final String OPERATOR = "IPO-421200";
    private static final File JAR = new File(System.getProperty("java.class.path"));
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path folder;
    private final Map<String, VerifierKey> keys = new LinkedHashMap<>();
    private final Map<String, String> configuration = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private boolean ended;

    private DemonstrationWitnesses(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes keys where there are none, writes each witness's configuration, and tells this service of them. Where the program
     * runs unpackaged, as in live reload, there are no witnesses.
     */
    static DemonstrationWitnesses prepare(Path folder, DemonstrationCity city) {
        DemonstrationWitnesses witnesses = new DemonstrationWitnesses(folder.toAbsolutePath());
        if (!JAR.getName().endsWith(".jar") || !JAR.isFile()) {
            return witnesses;
        }
        try {
            for (String name : AGENCIES.keySet().stream().sorted().toList()) {
                witnesses.prepare(name, city);
            }
        } catch (IOException e) {
            throw new LaunchException("演示见证人无法建立", "the demonstration's witnesses cannot be set up", e);
        }
        witnesses.configuration.put("xietong.witness.operator-agency", OPERATOR);
        witnesses.configuration.forEach(System::setProperty);
        return witnesses;
    }

    private void prepare(String name, DemonstrationCity city) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path keyFile = own.resolve("key.p12");
        Path passwordFile = own.resolve("password");
        String keyName = name + "." + DemonstrationCity.AUTHORITY + "/witness";
        if (Files.notExists(keyFile)) {
            Files.deleteIfExists(passwordFile);
            Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
            KeyFile.generate(KeyAlgorithm.ED25519, keyName, from, from.plus(365, ChronoUnit.DAYS))
                    .create(keyFile, OwnerOnlyFile.password(passwordFile).toCharArray());
        }
        char[] password = Files.readString(passwordFile).strip().toCharArray();
        VerifierKey key = NoteSigner.of(
                        keyName,
                        SignatureType.COSIGNATURE_V1,
                        KeyFile.open(keyFile, password).signer())
                .verifierKey();
        int port = freePort();
        keys.put(name, key);
        configuration.put("xietong.witnesses." + name + ".agency", AGENCIES.get(name));
        configuration.put("xietong.witnesses." + name + ".key", key.toString());
        configuration.put("xietong.witnesses." + name + ".url", "http://127.0.0.1:" + port);
        Files.writeString(
                own.resolve("witness.yaml"),
                """
                name: %s
                listen: 127.0.0.1:%d
                key: key.p12
                passwordFile: password
                state: state
                logs:
                """.formatted(keyName, port) + log(TreeHash.SHA_256, city) + log(TreeHash.SM3, city));
    }

    private static String log(TreeHash tree, DemonstrationCity city) {
        String origin = DemonstrationCity.AUTHORITY + "/log" + (tree == TreeHash.SM3 ? "/sm3" : "");
        return "  - { origin: %s, tree: %s, keys: [\"%s\"] }\n"
                .formatted(origin, tree == TreeHash.SM3 ? "sm3" : "sha256", city.logKey(origin));
    }

    /** Starts the processes. */
    synchronized void start() {
        if (ended) {
            return;
        }
        try {
            for (String name : keys.keySet()) {
                Path own = folder.resolve(name);
                processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dstdout.encoding=UTF-8",
                                "-Dstderr.encoding=UTF-8",
                                "-jar",
                                JAR.getAbsolutePath(),
                                "witness",
                                "--config",
                                own.resolve("witness.yaml").toString(),
                                "--until-input-ends")
                        .redirectOutput(own.resolve("witness.log").toFile())
                        .redirectError(Redirect.INHERIT)
                        .start());
            }
        } catch (IOException e) {
            System.err.println("见证人未能启动 / the witnesses did not start: " + e);
        }
    }

    /** Whether both cosign the newest checkpoint within the time. */
    boolean awaitCosigned(URI base, Duration patience) throws IOException {
        HttpRequest ask = HttpRequest.newBuilder(base.resolve("/log/checkpoint"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + patience.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end) {
                HttpResponse<byte[]> answer = http.send(ask, HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() == 200 && isCosigned(SignedCheckpoint.parse(answer.body()))) {
                    return true;
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean isCosigned(SignedCheckpoint checkpoint) {
        try {
            return checkpoint.note().verify(keys.values()).signatures().size() == keys.size();
        } catch (UnverifiedNoteException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        ended = true;
        processes.forEach(Process::destroy);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
