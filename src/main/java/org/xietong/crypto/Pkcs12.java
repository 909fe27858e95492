package org.xietong.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * PKCS#12 (RFC 7292) with AES-256-CBC under PBKDF2-HMAC-SHA256 (RFC 8018) and an HMAC-SHA256 over the whole, built
 * directly because key stores still default to 3DES and RC2. {@code openssl pkcs12} reads it.
 */
final class Pkcs12 {
    private static final int ITERATIONS = 100_000;
    private static final String NAME = "xietong";

    static {
        Crypto.install();
    }

    private Pkcs12() {}

    static byte[] encode(PrivateKey key, X509Certificate certificate, char[] password) throws IOException {
        try {
            OutputEncryptor encryptor = new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                    .setProvider(Crypto.PROVIDER)
                    .setPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
                    .setIterationCount(ITERATIONS)
                    .build(password);
            PKCS12SafeBagBuilder keyBag = named(new PKCS12SafeBagBuilder(plain(key), encryptor), certificate);
            PKCS12SafeBagBuilder certificateBag = named(new JcaPKCS12SafeBagBuilder(certificate), certificate);
            return new PKCS12PfxPduBuilder()
                    .addEncryptedData(encryptor, certificateBag.build())
                    .addData(keyBag.build())
                    .build(
                            new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                                    .setProvider(Crypto.PROVIDER)
                                    .setIterationCount(ITERATIONS),
                            password)
                    .getEncoded();
        } catch (OperatorCreationException | PKCSException e) {
            throw new IOException("the key file cannot be made", e);
        }
    }

    static KeyFile read(Path file, char[] password) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12", Crypto.PROVIDER);
            store.load(new ByteArrayInputStream(bytes), password);
            String alias = onlyKey(store);
            return new KeyFile(
                    (PrivateKey) store.getKey(alias, password), (X509Certificate) store.getCertificate(alias));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IOException("the key file cannot be opened: wrong password, or not one key with its certificate");
        }
    }

    static void create(Path file, byte[] bytes) throws IOException {
        write(file, bytes);
    }

    static void replace(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            Channels.newOutputStream(channel).write(bytes);
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String onlyKey(KeyStore store) throws GeneralSecurityException, IOException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new IOException("not exactly one key");
        }
        return keys.getFirst();
    }

    /** PKCS#8 without the public key that RFC 5958 allows beside the private one: openssl 3.0 cannot read that. */
    private static PrivateKeyInfo plain(PrivateKey key) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey());
    }

    private static PKCS12SafeBagBuilder named(PKCS12SafeBagBuilder bag, X509Certificate certificate) {
        return bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(NAME))
                .addBagAttribute(
                        PKCSObjectIdentifiers.pkcs_9_at_localKeyId,
                        new DEROctetString(Digests.sha256(Certificates.der(certificate))));
    }
}
