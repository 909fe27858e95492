package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.crypto.TimeStampException.Fault;

/** Both ways between our time-stamps and those of openssl, which shares none of the code. */
class TimeStampOpenSslTest {
    private static final Instant THEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final byte[] DATA = "xietong.example/log\n7\nAAAA=\n".getBytes(StandardCharsets.UTF_8);
    private static final DemonstrationAuthority ROOT = TestParties.authority(Suite.INTL);
    private static final KeyFile KEY = ROOT.issueForTimeStamping("TSA", TestParties.FROM, TestParties.TO);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesOurTokens(ImprintHash hash) throws Exception {
        TimeStampToken token = stamp(hash);
        Path root = write("root.pem", Pem.ofCertificate(ROOT.root()));
        Path data = Files.write(folder.resolve("data"), DATA);
        Path response = Files.write(folder.resolve("stamp.tsr"), token.response());
        Path bare = Files.write(folder.resolve("stamp.token"), token.der());
        assertTrue(verifies("-in", response.toString(), "-data", data.toString(), "-CAfile", root.toString()));
        assertTrue(verifies("-token_in", "-in", bare.toString(), "-data", data.toString(), "-CAfile", root.toString()));
        Files.write(data, new byte[] {1});
        assertFalse(verifies("-in", response.toString(), "-data", data.toString(), "-CAfile", root.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void ourAuthorityAnswersOpensslsRequests(ImprintHash hash) throws Exception {
        Path data = Files.write(folder.resolve("data"), DATA);
        Path query = folder.resolve("query.tsq");
        OpenSsl.must(
                "ts",
                "-query",
                "-data",
                data.toString(),
                hash == ImprintHash.SM3 ? "-sm3" : "-sha256",
                "-cert",
                "-out",
                query.toString());
        byte[] answer = TimeStampTest.authority(KEY, THEN).answer(Files.readAllBytes(query));
        Path response = Files.write(folder.resolve("answer.tsr"), answer);
        Path root = write("root.pem", Pem.ofCertificate(ROOT.root()));
        assertTrue(verifies("-in", response.toString(), "-queryfile", query.toString(), "-CAfile", root.toString()));
    }

    /** An authority as they are found: RSA, with an intermediate certificate that only the token carries. */
    @Test
    void weTakeWhatOpensslStampsUnderAChainOfRsaCertificates() throws Exception {
        Path configuration = write("ts.cnf", """
                [tsa]
                serial = %s
                default_policy = 1.2.3.4.1
                digests = sha256
                accuracy = secs:1
                signer_digest = sha256
                ess_cert_id_alg = sha256
                [authority]
                basicConstraints = critical,CA:TRUE
                keyUsage = critical,keyCertSign,cRLSign
                [stamping]
                keyUsage = critical,digitalSignature
                extendedKeyUsage = critical,timeStamping
                """.formatted(write("serial", "01")));
        certify(configuration, "root", "root", "authority");
        certify(configuration, "between", "root", "authority");
        certify(configuration, "tsa", "between", "stamping");
        TimeStampRequest request = TimeStampRequest.over(DATA, ImprintHash.SHA_256);
        Path query = Files.write(folder.resolve("query.tsq"), request.der());
        Path reply = folder.resolve("reply.tsr");
        OpenSsl.must(
                "ts",
                "-reply",
                "-config",
                configuration.toString(),
                "-section",
                "tsa",
                "-queryfile",
                query.toString(),
                "-signer",
                file("tsa.pem"),
                "-inkey",
                file("tsa.key"),
                "-chain",
                file("between.pem"),
                "-out",
                reply.toString());
        byte[] answer = Files.readAllBytes(reply);
        X509Certificate root = Pem.certificate(Files.readString(folder.resolve("root.pem")));
        TimeStampToken token = request.accept(answer, List.of(root));
        assertTrue(Duration.between(token.time(), Instant.now()).abs().compareTo(Duration.ofMinutes(5)) < 0);
        assertEquals(
                Fault.UNTRUSTED,
                assertThrows(TimeStampException.class, () -> request.accept(answer, List.of(ROOT.root())))
                        .fault());
    }

    private void certify(Path configuration, String name, String issuer, String extensions) throws Exception {
        OpenSsl.must("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", file(name + ".key"));
        OpenSsl.must("req", "-new", "-key", file(name + ".key"), "-subj", "/CN=" + name, "-out", file(name + ".csr"));
        List<String> signing = issuer.equals(name)
                ? List.of("-signkey", file(name + ".key"))
                : List.of("-CA", file(issuer + ".pem"), "-CAkey", file(issuer + ".key"), "-CAcreateserial");
        List<String> command = new ArrayList<>(List.of("x509", "-req", "-in", file(name + ".csr")));
        command.addAll(signing);
        command.addAll(List.of("-days", "30", "-sha256", "-extfile", configuration.toString()));
        command.addAll(List.of("-extensions", extensions, "-out", file(name + ".pem")));
        OpenSsl.must(command.toArray(String[]::new));
    }

    private static TimeStampToken stamp(ImprintHash hash) throws TimeStampException {
        TimeStampRequest request = TimeStampRequest.over(DATA, hash);
        return request.accept(TimeStampTest.authority(KEY, THEN).answer(request.der()), List.of(ROOT.root()));
    }

    private static boolean verifies(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("ts", "-verify", "-attime", Long.toString(THEN.getEpochSecond())));
        command.addAll(List.of(arguments));
        return OpenSsl.run(command.toArray(String[]::new)).code() == 0;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
