package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.crypto.TimeStampException.Fault;

/** Tokens that say when the data was there, and none that says so falsely. */
class TimeStampTest {
    private static final byte[] DATA = "xietong.example/log\n7\nAAAA=\n".getBytes(StandardCharsets.UTF_8);
    private static final Instant THEN = Instant.parse("2026-11-22T08:00:00Z");

    private static final DemonstrationAuthority ROOT = TestParties.authority(Suite.INTL);
    private static final KeyFile KEY = ROOT.issueForTimeStamping("时间戳 TSA", TestParties.FROM, TestParties.TO);
    private static final List<X509Certificate> TRUSTED = List.of(ROOT.root());
    private static final TimeStampAuthority AUTHORITY = authority(KEY, THEN);

    @ParameterizedTest
    @EnumSource
    void aTokenSaysWhenTheDataWasThere(ImprintHash hash) throws Exception {
        TimeStampToken token = stamp(hash);
        assertEquals(THEN, token.time());
        assertEquals(hash, token.hash());
        assertEquals(Duration.ofSeconds(1), token.accuracy());
        assertEquals(KEY.certificate(), token.verify(DATA, TRUSTED));
        assertEquals(List.of(KEY.certificate()), token.certificates());
    }

    @Test
    void aTokenIsReadAloneAndInItsResponse() throws Exception {
        TimeStampToken token = stamp(ImprintHash.SM3);
        for (byte[] form : List.of(token.der(), token.response())) {
            TimeStampToken read = TimeStampToken.parse(form);
            assertArrayEquals(token.der(), read.der());
            read.verify(DATA, TRUSTED);
        }
    }

    @Test
    void serialNumbersDoNotRepeatOverRestarts() throws Exception {
        assertNotEquals(stamp(ImprintHash.SM3).serial(), stamp(ImprintHash.SM3).serial());
        assertTrue(stamp(ImprintHash.SM3).serial().bitLength() > 64);
    }

    /** Ten years later: every certificate has ended, and the token still says what it said. */
    @Test
    void verifiesForEverOnceItsCertificatesHaveEnded() throws Exception {
        Instant from = Instant.parse("2010-01-01T00:00:00Z");
        Instant to = Instant.parse("2012-01-01T00:00:00Z");
        DemonstrationAuthority root = DemonstrationAuthority.create(Suite.INTL, from, to);
        KeyFile key = root.issueForTimeStamping("long ago", from, to);
        Instant then = Instant.parse("2011-06-01T00:00:00Z");
        TimeStampToken token = accept(authority(key, then), List.of(root.root()));
        assertEquals(then, token.time());
        assertEquals(
                Fault.NOT_VALID_THEN, fault(() -> accept(authority(key, to.plusSeconds(1)), List.of(root.root()))));
        assertEquals(
                Fault.NOT_VALID_THEN, fault(() -> accept(authority(key, from.minusSeconds(1)), List.of(root.root()))));
    }

    @Test
    void aRootThatHadEndedThenIsNotTrusted() throws Exception {
        Instant ended = THEN.minusSeconds(60);
        DemonstrationAuthority root = DemonstrationAuthority.create(Suite.INTL, TestParties.FROM, ended);
        KeyFile key = root.issueForTimeStamping("outlives its root", TestParties.FROM, TestParties.TO);
        assertEquals(Fault.UNTRUSTED, fault(() -> accept(authority(key, THEN), List.of(root.root()))));
        accept(authority(key, ended), List.of(root.root()));
    }

    @Test
    void trustsTheAuthoritysOwnCertificateWithoutAPath() throws Exception {
        assertEquals(KEY.certificate(), stamp(ImprintHash.SM3).verify(DATA, List.of(KEY.certificate())));
    }

    @Test
    void doesNotTrustWhomNobodyCertified() {
        DemonstrationAuthority other = DemonstrationAuthority.create(Suite.INTL, TestParties.FROM, TestParties.TO);
        KeyFile key = other.issueForTimeStamping("unknown", TestParties.FROM, TestParties.TO);
        assertEquals(Fault.UNTRUSTED, fault(() -> accept(authority(key, THEN), TRUSTED)));
        assertEquals(Fault.UNTRUSTED, fault(() -> stamp(ImprintHash.SM3).verify(DATA, List.of())));
    }

    @Test
    void stampsNoOtherData() throws Exception {
        byte[] other = DATA.clone();
        other[0] ^= 1;
        TimeStampToken token = stamp(ImprintHash.SHA_256);
        assertEquals(Fault.WRONG_IMPRINT, fault(() -> token.verify(other, TRUSTED)));
    }

    @Test
    void anAnswerToAnotherRequestIsNotTaken() {
        TimeStampRequest request = TimeStampRequest.over(DATA, ImprintHash.SM3);
        byte[] earlier =
                AUTHORITY.answer(TimeStampRequest.over(DATA, ImprintHash.SM3).der());
        assertEquals(Fault.WRONG_NONCE, fault(() -> request.accept(earlier, TRUSTED)));
    }

    @Test
    void anAnswerWithoutTheNonceIsNotTaken() throws Exception {
        TimeStampRequestGenerator bare = new TimeStampRequestGenerator();
        bare.setCertReq(true);
        byte[] answer = AUTHORITY.answer(bare.generate(NISTObjectIdentifiers.id_sha256, Digests.sha256(DATA))
                .getEncoded());
        TimeStampToken.parse(answer).verify(DATA, TRUSTED);
        TimeStampRequest request = TimeStampRequest.over(DATA, ImprintHash.SHA_256);
        assertEquals(Fault.WRONG_NONCE, fault(() -> request.accept(answer, TRUSTED)));
    }

    @Test
    void theAuthorityRefusesWhatItDoesNotKnow() throws Exception {
        byte[] sha1 = new TimeStampRequestGenerator()
                .generate(OIWObjectIdentifiers.idSHA1, new byte[20])
                .getEncoded();
        byte[] shortImprint = new TimeStampRequestGenerator()
                .generate(NISTObjectIdentifiers.id_sha256, new byte[20])
                .getEncoded();
        for (byte[] request : List.of(sha1, shortImprint, DATA, new byte[0], nested(20_000))) {
            assertEquals(Fault.REFUSED, fault(() -> TimeStampToken.parse(AUTHORITY.answer(request))));
        }
    }

    @Test
    void anAuthoritysKeyIsP256AndForNothingElse() {
        Clock clock = Clock.systemUTC();
        assertThrows(
                IllegalArgumentException.class,
                () -> new TimeStampAuthority(TestParties.signer(KeyAlgorithm.P256), clock));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TimeStampAuthority(TestParties.signer(KeyAlgorithm.SM2), clock));
    }

    @Test
    void aKeyThatIsNotForTimeStampingStampsNothing() throws Exception {
        KeyFile ordinary = TestParties.leaf(KeyAlgorithm.P256);
        TimeStampToken token = TimeStampToken.parse(HandMadeToken.like(stamp(ImprintHash.SHA_256), ordinary));
        assertEquals(Fault.NOT_FOR_TIME_STAMPING, fault(() -> token.verify(DATA, TRUSTED)));
        TimeStampToken.parse(HandMadeToken.like(stamp(ImprintHash.SHA_256), KEY))
                .verify(DATA, TRUSTED);
    }

    @Test
    void aKeyForTimeStampingSignsNoExchanges() {
        assertEquals(CertificateTrust.NOT_FOR_SIGNING, CertificateTrust.issuedBy(KEY.certificate(), TRUSTED, THEN));
    }

    @Test
    void anAuthorityMaySignWithSm2() throws Exception {
        DemonstrationAuthority root = TestParties.authority(Suite.GM);
        KeyFile key = HandMadeToken.sm2Key(root);
        TimeStampToken token = TimeStampToken.parse(HandMadeToken.like(stamp(ImprintHash.SM3), key));
        assertEquals(key.certificate(), token.verify(DATA, List.of(root.root())));
        assertEquals(Fault.UNTRUSTED, fault(() -> token.verify(DATA, TRUSTED)));
    }

    @Test
    void garbageIsRefusedWithAName() {
        assertEquals(Fault.MALFORMED, fault(() -> TimeStampToken.parse(new byte[0])));
        assertEquals(Fault.MALFORMED, fault(() -> TimeStampToken.parse(DATA)));
        assertEquals(Fault.MALFORMED, fault(() -> TimeStampToken.parse(new byte[] {0x30, 0})));
        assertEquals(Fault.MALFORMED, fault(() -> TimeStampToken.parse(nested(30_000))));
        assertEquals(Fault.TOO_LONG, fault(() -> TimeStampToken.parse(new byte[TimeStampToken.MAX_BYTES + 1])));
        byte[] response =
                AUTHORITY.answer(TimeStampRequest.over(DATA, ImprintHash.SM3).der());
        for (int length = 0; length < response.length; length++) {
            byte[] cut = Arrays.copyOf(response, length);
            assertEquals(Fault.MALFORMED, fault(() -> TimeStampToken.parse(cut)));
        }
    }

    /** Whatever single byte is altered: refused by name, or the same word about the same data. */
    @Test
    void noAlteredTokenSaysAnythingElse() throws Exception {
        TimeStampToken token = stamp(ImprintHash.SM3);
        byte[] der = token.der();
        int refused = 0;
        for (int i = 0; i < der.length; i++) {
            byte[] altered = der.clone();
            altered[i] ^= (byte) (1 + i % 255);
            try {
                TimeStampToken read = TimeStampToken.parse(altered);
                read.verify(DATA, TRUSTED);
                assertEquals(token.time(), read.time());
                assertEquals(token.serial(), read.serial());
            } catch (TimeStampException expected) {
                refused++;
            }
        }
        assertTrue(refused > der.length * 9 / 10, refused + " of " + der.length);
    }

    static TimeStampAuthority authority(KeyFile key, Instant now) {
        return new TimeStampAuthority(key.signer(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static TimeStampToken accept(TimeStampAuthority authority, List<X509Certificate> trusted)
            throws TimeStampException {
        TimeStampRequest request = TimeStampRequest.over(DATA, ImprintHash.SM3);
        return request.accept(authority.answer(request.der()), trusted);
    }

    private static TimeStampToken stamp(ImprintHash hash) throws TimeStampException {
        TimeStampRequest request = TimeStampRequest.over(DATA, hash);
        return request.accept(AUTHORITY.answer(request.der()), TRUSTED);
    }

    private interface Attempt {
        void run() throws TimeStampException;
    }

    private static Fault fault(Attempt attempt) {
        return assertThrows(TimeStampException.class, attempt::run).fault();
    }

    /** Sequences within sequences, each of the right length. */
    private static byte[] nested(int bytes) {
        byte[] der = new byte[0];
        while (der.length < bytes) {
            byte[] next = new byte[der.length + 4];
            next[0] = 0x30;
            next[1] = (byte) 0x82;
            next[2] = (byte) (der.length >> 8);
            next[3] = (byte) der.length;
            System.arraycopy(der, 0, next, 4, der.length);
            der = next;
        }
        return der;
    }
}
