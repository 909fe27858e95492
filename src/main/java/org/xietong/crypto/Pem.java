package org.xietong.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Textual encodings of RFC 7468. Reading throws {@link IllegalArgumentException} without the content in its message.
 */
public final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String REQUEST = "CERTIFICATE REQUEST";
    private static final String REVOCATION_LIST = "X509 CRL";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    static {
        Crypto.install();
    }

    private Pem() {}

    public static String ofCertificate(X509Certificate certificate) {
        return encode(CERTIFICATE, Certificates.der(certificate));
    }

    /** SubjectPublicKeyInfo, what {@code openssl dgst -verify} asks for. */
    public static String ofPublicKey(X509Certificate certificate) {
        return encode(PUBLIC_KEY, Certificates.publicKeyInfo(certificate));
    }

    public static String ofRequest(CertificateRequest request) {
        return encode(REQUEST, request.der());
    }

    /** Exactly one certificate, and nothing else. */
    public static X509Certificate certificate(String text) {
        List<X509Certificate> all = certificates(text);
        if (all.size() != 1) {
            throw new IllegalArgumentException("expected one certificate");
        }
        return all.getFirst();
    }

    /** All certificates in the order of the text; other objects are refused, an empty list is possible. */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : decode(CERTIFICATE, text)) {
            certificates.add(certificate(der));
        }
        return List.copyOf(certificates);
    }

    static String ofRevocationList(byte[] der) {
        return encode(REVOCATION_LIST, der);
    }

    static byte[] revocationList(String text) {
        return single(REVOCATION_LIST, text);
    }

    /** PKCS#10; the proof of possession is checked. */
    public static CertificateRequest request(String text) {
        return CertificateRequest.of(single(REQUEST, text));
    }

    /** Unencrypted PKCS#8, as {@code openssl genpkey} writes it. */
    public static PrivateKey privateKey(String text) {
        byte[] der = single(PRIVATE_KEY, text);
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
            String oid = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
            return KeyFactory.getInstance(oid, Crypto.PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("not a PKCS#8 private key");
        }
    }

    public static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509", Crypto.PROVIDER)
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("not an X.509 certificate");
        }
    }

    private static byte[] single(String type, String text) {
        List<byte[]> all = decode(type, text);
        if (all.size() != 1) {
            throw new IllegalArgumentException("expected one " + type);
        }
        return all.getFirst();
    }

    private static List<byte[]> decode(String type, String text) {
        List<byte[]> contents = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                if (!object.getType().equals(type)) {
                    throw new IllegalArgumentException("expected " + type + " in PEM");
                }
                contents.add(object.getContent());
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("expected " + type + " in PEM");
        }
        return contents;
    }

    private static String encode(String type, byte[] der) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, der));
        } catch (IOException e) {
            throw new IllegalStateException("a StringWriter does not fail", e);
        }
        return text.toString();
    }
}
