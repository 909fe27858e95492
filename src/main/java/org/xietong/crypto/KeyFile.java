package org.xietong.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A private key with its certificate, kept in a PKCS#12 file (RFC 7292) under a password. A fresh key carries a
 * self-signed certificate until the issued one is put in its place by {@link #withCertificate}; so the private key
 * never leaves its owner. Immutable.
 */
public final class KeyFile {
    private final PrivateKey privateKey;
    private final X509Certificate certificate;
    private final Signer signer;

    KeyFile(PrivateKey privateKey, X509Certificate certificate) {
        this.privateKey = privateKey;
        this.certificate = certificate;
        this.signer = new SoftwareSigner(privateKey, certificate);
    }

    /** A new key with a self-signed certificate that is valid from {@code from} to {@code to}, whole seconds. */
    public static KeyFile generate(KeyAlgorithm algorithm, String commonName, Instant from, Instant to) {
        return generate(algorithm, commonName, Certificates.Use.SIGNING, from, to);
    }

    static KeyFile generate(KeyAlgorithm algorithm, String commonName, Certificates.Use use, Instant from, Instant to) {
        KeyPair pair = Certificates.keyPair(algorithm);
        X500Name name = Certificates.named(commonName);
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        X509Certificate certificate = Certificates.sign(
                new Certificates.Content(name, key, use, from, to),
                name,
                key,
                Certificates.contentSigner(algorithm, pair.getPrivate()));
        return new KeyFile(pair.getPrivate(), certificate);
    }

    /**
     * A key and its certificate from elsewhere.
     *
     * @throws IllegalArgumentException if the private key does not belong to the certificate
     */
    public static KeyFile of(PrivateKey privateKey, X509Certificate certificate) {
        return new KeyFile(privateKey, certificate);
    }

    /**
     * Opens a file made by {@link #create}, openssl or keytool that holds one key.
     *
     * @throws IOException if it cannot be read, the password is wrong, or it does not hold exactly one key
     */
    public static KeyFile open(Path file, char[] password) throws IOException {
        return Pkcs12.read(file, password);
    }

    /**
     * Writes a new file that only its owner can read (mode 600 where the file system knows modes).
     *
     * @throws java.nio.file.FileAlreadyExistsException rather than overwrite a key
     */
    public void create(Path file, char[] password) throws IOException {
        Pkcs12.create(file, Pkcs12.encode(privateKey, certificate, password));
    }

    /** Replaces the file in one step, e.g. once the issued certificate has come. */
    public void replace(Path file, char[] password) throws IOException {
        Pkcs12.replace(file, Pkcs12.encode(privateKey, certificate, password));
    }

    public Signer signer() {
        return signer;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Asks for a certificate for this key under the name of the present one. */
    public CertificateRequest request() {
        return CertificateRequest.of(
                Certificates.subject(certificate),
                SubjectPublicKeyInfo.getInstance(Certificates.publicKeyInfo(certificate)),
                privateKey);
    }

    /**
     * The same key under its issued certificate.
     *
     * @throws IllegalArgumentException if the certificate is for another key
     */
    public KeyFile withCertificate(X509Certificate issued) {
        return new KeyFile(privateKey, issued);
    }

    PrivateKey privateKey() {
        return privateKey;
    }
}
