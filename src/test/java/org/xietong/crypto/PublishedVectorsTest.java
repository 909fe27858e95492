package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.junit.jupiter.api.Test;

/** Values published by others: GB/T 32905, GB/T 32918, FIPS 180-4, RFC 9421 appendix B. */
class PublishedVectorsTest {
    private static final String SM2_KEY_HEADER = "3059301306072a8648ce3d020106082a811ccf5501822d034200";
    private static final String B24_PARAMS = "(\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
            + ";created=1618884473;keyid=\"test-key-ecc-p256\"";
    private static final String B26_PARAMS =
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                    + ";created=1618884473;keyid=\"test-key-ed25519\"";

    @Test
    void sm3OfShortMessage() {
        assertEquals(
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                Digests.hex(Digests.sm3(ascii("abc"))));
    }

    @Test
    void sm3OfOneBlock() {
        assertEquals(
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
                Digests.hex(Digests.sm3(ascii("abcd".repeat(16)))));
    }

    @Test
    void sm3OfPartsIsThatOfTheWhole() {
        assertArrayEquals(Digests.sm3(ascii("abc")), Digests.sm3(ascii("a"), ascii(""), ascii("bc")));
    }

    @Test
    void sha256OfShortMessage() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Digests.hex(Digests.sha256(ascii("ab"), ascii("c"))));
    }

    @Test
    void sm2SignatureOfTheStandard() {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(hex(SM2_KEY_HEADER
                + "04"
                + "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"));
        byte[] signature = hex("3046"
                + "022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                + "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
        assertTrue(Scheme.verifying(KeyAlgorithm.SM2, key).verify(ascii("message digest"), signature));
    }

    @Test
    void ecdsaResponseOfRfc9421() {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(
                base64("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf"
                        + "w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ=="));
        SignatureBase base = new SignatureBase();
        base.add("\"@status\"", "200");
        base.add("\"content-type\"", "application/json");
        base.add(
                "\"content-digest\"",
                "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:");
        base.add("\"content-length\"", "23");
        byte[] signature =
                base64("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==");
        assertTrue(Scheme.verifying(KeyAlgorithm.P256, key).verify(base.finish(B24_PARAMS), signature));
    }

    @Test
    void ed25519RequestOfRfc9421() {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(
                base64("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="));
        assertTrue(Scheme.verifying(KeyAlgorithm.ED25519, key).verify(b26Base().finish(B26_PARAMS), b26Signature()));
    }

    @Test
    void ed25519SignatureOfRfc9421IsMadeAgain() throws Exception {
        byte[] key = base64("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF");
        assertArrayEquals(
                b26Signature(),
                Scheme.signing(KeyAlgorithm.ED25519, PrivateKeyFactory.createKey(key))
                        .sign(b26Base().finish(B26_PARAMS)));
    }

    @Test
    void signatureBaseOfRfc9421() {
        assertEquals("""
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@authority": example.com
                "content-type": application/json
                "content-length": 18
                "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
                ;created=1618884473;keyid="test-key-ed25519\"""", new String(b26Base().finish(B26_PARAMS), StandardCharsets.US_ASCII));
    }

    private static SignatureBase b26Base() {
        SignatureBase base = new SignatureBase();
        base.add("\"date\"", "Tue, 20 Apr 2021 02:07:55 GMT");
        base.add("\"@method\"", "POST");
        base.add("\"@path\"", "/foo");
        base.add("\"@authority\"", "example.com");
        base.add("\"content-type\"", "application/json");
        base.add("\"content-length\"", "18");
        return base;
    }

    private static byte[] b26Signature() {
        return base64("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
