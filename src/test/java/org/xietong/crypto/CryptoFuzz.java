package org.xietong.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.testing.Mutations;

/** Foreign bytes to what reads signatures, digests, keys and certificates: no failure but the declared one. */
class CryptoFuzz {
    private static final int INPUTS = 10_000;
    private static final byte[] STAMPED = "stamped\n".getBytes(UTF_8);
    private static final List<X509Certificate> TRUSTED =
            List.of(TestParties.authority(Suite.INTL).root());
    private static final TimeStampAuthority AUTHORITY = new TimeStampAuthority(
            TestParties.authority(Suite.INTL)
                    .issueForTimeStamping("时间戳 TSA", TestParties.FROM, TestParties.TO)
                    .signer(),
            Clock.fixed(TestParties.NOW, ZoneOffset.UTC));

    private static final Map<String, Consumer<byte[]>> TARGETS = Map.ofEntries(
            Map.entry("signatureFields", CryptoFuzz::readSignatureFields),
            Map.entry("contentDigest", CryptoFuzz::readContentDigest),
            Map.entry("certificate", CryptoFuzz::readCertificate),
            Map.entry("certificateRequest", CryptoFuzz::readRequest),
            Map.entry("pem", CryptoFuzz::readPem),
            Map.entry("ecdsaForm", CryptoFuzz::readEcdsa),
            Map.entry("timeStamp", CryptoFuzz::readTimeStamp),
            Map.entry("timeStampRequest", CryptoFuzz::answerTimeStampRequest),
            Map.entry("revocationList", CryptoFuzz::readRevocationList),
            Map.entry("cms", CryptoFuzz::readCms),
            Map.entry("canonicalJson", CryptoFuzz::readCanonicalJson));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signatureFields",
                "contentDigest",
                "certificate",
                "certificateRequest",
                "pem",
                "ecdsaForm",
                "timeStamp",
                "timeStampRequest",
                "revocationList",
                "cms",
                "canonicalJson"
            })
    @Timeout(60)
    void generated(String target) {
        Mutations.of(CryptoFuzz.class, target, INPUTS, TARGETS.get(target));
    }

    @FuzzTest(maxDuration = "3m")
    void signatureFields(byte[] bytes) {
        readSignatureFields(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void contentDigest(byte[] bytes) {
        readContentDigest(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void certificate(byte[] bytes) {
        readCertificate(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void certificateRequest(byte[] bytes) {
        readRequest(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void pem(byte[] bytes) {
        readPem(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void ecdsaForm(byte[] bytes) {
        readEcdsa(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void timeStamp(byte[] bytes) {
        readTimeStamp(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void timeStampRequest(byte[] bytes) {
        answerTimeStampRequest(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void revocationList(byte[] bytes) {
        readRevocationList(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void cms(byte[] bytes) {
        readCms(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void canonicalJson(byte[] bytes) {
        readCanonicalJson(bytes);
    }

    /** Signature-Input, a newline, Signature; what is read is written as it stood, but for whitespace at commas. */
    private static void readSignatureFields(byte[] bytes) {
        String[] fields = new String(bytes, UTF_8).split("\n", 2);
        try {
            Map<String, PresentedSignature> presented =
                    SignatureFields.parse(fields[0], fields.length == 2 ? fields[1] : null);
            assertTrue(presented.size() <= SignatureFields.MAX_LABELS);
            assertEquals(
                    CanonicalDictionary.parse(fields[1]).serialize(),
                    CanonicalDictionary.parse(
                                    CanonicalDictionary.parse(fields[1]).serialize())
                            .serialize());
            presented.forEach((label, signature) -> {
                assertEquals(label, signature.label());
                assertTrue(fields[1].contains(Base64.getEncoder().encodeToString(signature.value())));
            });
        } catch (MalformedSignatureException declared) {
            // what foreign bytes usually meet
        }
    }

    /** The field, a newline, the body; where it is accepted, it names the body's digest. */
    private static void readContentDigest(byte[] bytes) {
        String[] parts = new String(bytes, UTF_8).split("\n", 2);
        byte[] body = parts.length == 2 ? parts[1].getBytes(UTF_8) : new byte[0];
        String digest = Base64.getEncoder().encodeToString(Digests.sha256(body));
        if (ContentDigest.matches(parts[0], body)) {
            assertTrue(parts[0].contains(digest));
        }
        BodyDigest other = new BodyDigest(Digests.sha256(body), Digests.sm3(body));
        if (ContentDigest.matches(parts[0], Suite.GM, other)) {
            assertTrue(parts[0].contains(digest) && parts[0].contains("sm3"));
        }
    }

    private static void readCertificate(byte[] der) {
        try {
            X509Certificate certificate = Pem.certificate(der);
            assertEquals(certificate, Pem.certificate(Pem.ofCertificate(certificate)));
            assertFalse(VerificationKey.of(certificate).verify(der, der));
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
    }

    private static void readRequest(byte[] der) {
        try {
            CertificateRequest request = CertificateRequest.of(der);
            request.algorithm();
            request.commonName();
            assertArrayEquals(request.der(), Pem.request(Pem.ofRequest(request)).der());
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
    }

    private static void readPem(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            Pem.certificates(text).forEach(certificate -> Pem.ofCertificate(certificate));
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
        try {
            Pem.request(text).commonName();
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
    }

    /** Both spellings have one form only. */
    private static void readEcdsa(byte[] bytes) {
        try {
            assertArrayEquals(bytes, EcdsaForm.toDer(EcdsaForm.toRaw(bytes)));
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
        try {
            assertArrayEquals(bytes, EcdsaForm.toRaw(EcdsaForm.toDer(bytes)));
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
    }

    /** Nobody is trusted whom the corpus could name, so nothing verifies. */
    private static void readTimeStamp(byte[] bytes) {
        try {
            TimeStampToken token = TimeStampToken.parse(bytes);
            token.time();
            token.accuracy();
            token.serial();
            token.nonce();
            assertArrayEquals(token.der(), TimeStampToken.parse(token.der()).der());
            token.certificates();
            assertFalse(token.isOver(bytes));
            token.verify(STAMPED, TRUSTED);
            throw new AssertionError("a token of nobody's was believed");
        } catch (TimeStampException declared) {
            // what foreign bytes usually meet
        }
    }

    private static void answerTimeStampRequest(byte[] bytes) {
        assertTrue(AUTHORITY.answer(bytes).length > 0);
    }

    private static void readRevocationList(byte[] bytes) {
        try {
            RevocationList list = RevocationList.parse(bytes);
            assertFalse(list.isIssuedBy(TRUSTED.getFirst()));
            list.covers(TestParties.NOW);
            assertArrayEquals(
                    list.der(), RevocationList.parse(list.pem().getBytes(UTF_8)).der());
            list.isRevoked(TestParties.leaf(KeyAlgorithm.P256).certificate(), TestParties.NOW);
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
    }

    /** What is accepted was signed by the corpus' own key, and that is all that such a signature says. */
    private static void readCms(byte[] bytes) {
        try {
            CmsSignature.verify(bytes, STAMPED).getEncoded();
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static void readCanonicalJson(byte[] bytes) {
        try {
            Map<String, Object> read = new LinkedHashMap<>();
            CanonicalJson.object(bytes).forEach((key, value) -> read.put((String) key, value));
            assertArrayEquals(bytes, CanonicalJson.of(read));
        } catch (IllegalArgumentException declared) {
            // what foreign bytes usually meet
        }
    }
}
