package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways between this code and openssl, which shares none of it. */
class OpenSslTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesOurRequests(KeyAlgorithm algorithm) throws Exception {
        MessageSignature signature = Requests.full(algorithm.suite()).sign(TestParties.signer(algorithm));
        assertTrue(opensslVerifies(algorithm, signature.base(), signature.value()));
    }

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesOurResponses(KeyAlgorithm algorithm) throws Exception {
        MessageSignature signature = response(algorithm);
        assertTrue(opensslVerifies(algorithm, signature.base(), signature.value()));
    }

    @ParameterizedTest
    @EnumSource
    void opensslRefusesAnAlteredBase(KeyAlgorithm algorithm) throws Exception {
        MessageSignature signature = Requests.full(algorithm.suite()).sign(TestParties.signer(algorithm));
        byte[] altered = signature.base();
        altered[10] ^= 1;
        assertFalse(opensslVerifies(algorithm, altered, signature.value()));
    }

    @ParameterizedTest
    @EnumSource
    void aRequestSignedByOpensslAloneIsAccepted(KeyAlgorithm algorithm) throws Exception {
        KeyFile leaf = TestParties.leaf(algorithm);
        Path privateKey = privateKeyByOpenssl(leaf);
        Requests request = Requests.bare();
        String params =
                "(\"@method\" \"@authority\" \"@path\" \"@query\");created=1795334400;expires=1795334460;nonce=\""
                        + Requests.NONCE + "\";keyid=\"" + leaf.signer().keyId() + "\";tag=\"xietong\"";
        String base =
                "\"@method\": GET\n\"@authority\": xietong.xianning.example\n\"@path\": /v1/clues\n\"@query\": ?\n"
                        + "\"@signature-params\": " + params;
        byte[] made = OpenSsl.sign(algorithm, privateKey, file("base", base.getBytes(StandardCharsets.US_ASCII)));
        byte[] wire = algorithm == KeyAlgorithm.P256 ? EcdsaForm.toRaw(made) : made;
        request.set("signature-input", "sys=" + params);
        request.set("signature", "sys=:" + Base64.getEncoder().encodeToString(wire) + ":");
        assertInstanceOf(SignatureCheck.Valid.class, request.check(TestParties.key(algorithm)));
    }

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesLeafUnderRoot(KeyAlgorithm algorithm) throws Exception {
        Path root = pem(
                "root.pem",
                Pem.ofCertificate(TestParties.authority(algorithm.suite()).root()));
        Path leaf =
                pem("leaf.pem", Pem.ofCertificate(TestParties.leaf(algorithm).certificate()));
        List<String> command = new ArrayList<>(List.of("verify", "-attime", "1795334400"));
        if (algorithm == KeyAlgorithm.SM2) {
            command.addAll(List.of("-vfyopt", "distid:1234567812345678"));
        }
        command.addAll(List.of("-CAfile", root.toString(), leaf.toString()));
        assertEquals(0, OpenSsl.run(command.toArray(String[]::new)).code());
    }

    @ParameterizedTest
    @EnumSource
    void opensslReadsOurKeyFile(KeyAlgorithm algorithm) throws Exception {
        Path privateKey = privateKeyByOpenssl(TestParties.leaf(algorithm));
        byte[] signature = KeyFile.of(
                        Pem.privateKey(Files.readString(privateKey)),
                        TestParties.leaf(algorithm).certificate())
                .signer()
                .sign(Requests.BODY);
        assertTrue(TestParties.key(algorithm).verify(Requests.BODY, signature));
    }

    @ParameterizedTest
    @EnumSource
    void weIssueFromARequestMadeByOpenssl(KeyAlgorithm algorithm) throws Exception {
        Path key = folder.resolve("new.pem");
        Path request = folder.resolve("new.csr");
        OpenSsl.must(
                switch (algorithm) {
                    case SM2 -> new String[] {"genpkey", "-algorithm", "SM2", "-out", key.toString()};
                    case P256 ->
                        new String[] {
                            "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key.toString()
                        };
                    case ED25519 -> new String[] {"genpkey", "-algorithm", "ED25519", "-out", key.toString()};
                });
        OpenSsl.must(
                switch (algorithm) {
                    case SM2 ->
                        new String[] {
                            "req",
                            "-new",
                            "-key",
                            key.toString(),
                            "-subj",
                            "/CN=openssl",
                            "-sm3",
                            "-sigopt",
                            "distid:1234567812345678",
                            "-out",
                            request.toString()
                        };
                    case P256, ED25519 ->
                        new String[] {
                            "req", "-new", "-key", key.toString(), "-subj", "/CN=openssl", "-out", request.toString()
                        };
                });
        CertificateRequest parsed = Pem.request(Files.readString(request));
        var issued = TestParties.authority(algorithm.suite()).issue(parsed, TestParties.FROM, TestParties.TO);
        assertEquals(
                CertificateTrust.TRUSTED,
                CertificateTrust.issuedBy(
                        issued, List.of(TestParties.authority(algorithm.suite()).root()), TestParties.NOW));
    }

    @Test
    void opensslVerifiesOurSm2Request() throws Exception {
        Path request =
                pem("own.csr", Pem.ofRequest(TestParties.leaf(KeyAlgorithm.SM2).request()));
        OpenSsl.must("req", "-in", request.toString(), "-verify", "-vfyopt", "distid:1234567812345678", "-noout");
    }

    private static MessageSignature response(KeyAlgorithm algorithm) {
        RequestBinding request = RequestBinding.of(Requests.full(algorithm.suite())
                .signedBy(TestParties.signer(algorithm))
                .http());
        HttpResponse response = new HttpResponse(200, true, name -> switch (name) {
            case "content-type" -> List.of("application/json");
            case "content-digest" -> List.of(ContentDigest.of(algorithm.suite(), Requests.BODY));
            case "exchange-id" -> List.of("01990000-0000-7000-8000-000000000001");
            default -> List.of();
        });
        return ResponseSignatures.sign(
                response, request, TestParties.signer(algorithm), TestParties.NOW, Requests.NONCE);
    }

    private boolean opensslVerifies(KeyAlgorithm algorithm, byte[] base, byte[] wire) throws Exception {
        return OpenSsl.verifies(
                algorithm,
                pem("leaf.pem", Pem.ofCertificate(TestParties.leaf(algorithm).certificate())),
                file("base", base),
                file("sig", algorithm.foreignForm(wire)));
    }

    private Path privateKeyByOpenssl(KeyFile leaf) throws Exception {
        Path store = folder.resolve("leaf.p12");
        leaf.create(store, "correct horse".toCharArray());
        Path key = folder.resolve("leaf.key");
        OpenSsl.must(
                "pkcs12",
                "-in",
                store.toString(),
                "-nocerts",
                "-nodes",
                "-passin",
                "pass:correct horse",
                "-out",
                folder.resolve("bag.pem").toString());
        OpenSsl.must("pkey", "-in", folder.resolve("bag.pem").toString(), "-out", key.toString());
        return key;
    }

    private Path pem(String name, String text) throws Exception {
        return file(name, text.getBytes(StandardCharsets.US_ASCII));
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(folder.resolve(name), content);
    }
}
