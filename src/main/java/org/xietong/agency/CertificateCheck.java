package org.xietong.agency;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xietong.crypto.CertificateTrust;
import org.xietong.crypto.CmsEnvelope;
import org.xietong.crypto.Pem;
import org.xietong.crypto.VerificationKey;

/**
 * Whether the certificates of a file may be registered: issued by a trusted authority, and for a private key that
 * nobody else has registered, under this or any other certificate (I11), and that is stopped under none: a renewed
 * certificate lifts no suspension.
 */
final class CertificateCheck {
    private final Source source;
    private final Map<String, String> registered;
    private final Map<String, String> holders;
    private final Map<String, Set<String>> stopped;
    private final List<X509Certificate> authorities;
    private final Instant now;
    private final Faults faults;

    CertificateCheck(Source source, RegisteredDirectory registered, Instant now, Faults faults) {
        this.source = source;
        this.registered = registered.holders();
        this.holders = new HashMap<>(registered.holders());
        this.stopped = registered.stopped();
        this.authorities = new ArrayList<>(registered.authorities());
        this.now = now;
        this.faults = faults;
    }

    /** Where the PEM text of a certificate is, by what the entry says of it: a file's path, or the text itself. */
    interface Source {
        String pem(String stated) throws IOException;
    }

    /** An authority that will be trusted. */
    record Authority(String name, X509Certificate certificate) {}

    /** A key that will be registered, with the dates that file and certificate leave. */
    record Key(X509Certificate certificate, RegisteredKey.Holder holder, String holderId, Validity validity) {}

    /** To be asked before the keys, which these authorities may have certified. */
    List<Authority> authorities(List<DirectoryFile.AuthorityEntry> entries) {
        List<Authority> accepted = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String at = "authorities[" + i + "]";
            String name = entries.get(i).name();
            faults.require(at + ".name", name);
            read(at + ".file", entries.get(i).file()).ifPresent(certificate -> {
                if (!CertificateTrust.mayIssue(certificate)) {
                    faults.add(
                            at + ".file",
                            "NOT_AN_AUTHORITY",
                            "不是可签发证书的认证机构证书（keyCertSign）",
                            "is no certificate of an authority that may issue others (keyCertSign)");
                }
                authorities.add(certificate);
                accepted.add(new Authority(name, certificate));
            });
        }
        return accepted;
    }

    List<Key> keys(DirectoryFile file) {
        List<Key> accepted = new ArrayList<>();
        for (int i = 0; i < file.systems().size(); i++) {
            DirectoryFile.SystemEntry system = file.systems().get(i);
            accepted.addAll(
                    keys("systems[" + i + "]", RegisteredKey.Holder.SYSTEM, system.id(), system.certificates()));
        }
        for (int i = 0; i < file.officers().size(); i++) {
            DirectoryFile.OfficerEntry officer = file.officers().get(i);
            accepted.addAll(
                    keys("officers[" + i + "]", RegisteredKey.Holder.OFFICER, officer.id(), officer.certificates()));
        }
        return accepted;
    }

    List<Key> keys(String at, RegisteredKey.Holder holder, String id, List<DirectoryFile.CertificateEntry> entries) {
        List<Key> accepted = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            DirectoryFile.CertificateEntry entry = entries.get(i);
            String entryAt = at + ".certificates[" + i + "]";
            read(entryAt + ".file", entry.file()).ifPresent(certificate -> {
                Validity own = ownValidity(certificate);
                Validity validity =
                        Days.validity(entry.validFrom(), entry.validTo()).within(own);
                if (!validity.isSomeTime()) {
                    faults.add(entryAt, "DATE", "有效期与证书自身的有效期不相交", "its dates do not meet the certificate's own");
                }
                checkTrust(entryAt + ".file", id, certificate, own);
                checkHolder(entryAt + ".file", id, certificate);
                checkStopped(entryAt + ".file", certificate);
                accepted.add(new Key(certificate, holder, id, validity));
            });
        }
        return accepted;
    }

    /** The certificate of an outside recipient: trusted as any other, and made for being sealed to as well. */
    Optional<VerificationKey> sealing(String at, String recipient, String file) {
        Optional<X509Certificate> read = read(at, file);
        read.ifPresent(certificate -> {
            int before = faults.count();
            checkTrust(at, recipient, certificate, ownValidity(certificate));
            checkHolder(at, recipient, certificate);
            if (faults.count() == before && !CmsEnvelope.canSealTo(certificate)) {
                faults.add(
                        at,
                        "NOT_FOR_SEALING",
                        "须为 SM2 或 P-256 证书，密钥用途含 keyAgreement（SM2 也可为 keyEncipherment）",
                        "must be SM2 or P-256, for keyAgreement (SM2 also for keyEncipherment)");
            }
        });
        return read.filter(certificate -> faults.isEmpty()).map(VerificationKey::of);
    }

    /** A certificate may be registered ahead of its time; one that has expired may stay where it already stands. */
    private void checkTrust(String at, String holderId, X509Certificate certificate, Validity own) {
        Instant asked = now.isBefore(own.from()) ? own.from() : now;
        boolean stands = holderId.equals(registered.get(X509.publicKeyId(certificate)));
        if (stands && asked.isAfter(certificate.getNotAfter().toInstant())) {
            asked = certificate.getNotAfter().toInstant();
        }
        switch (CertificateTrust.issuedBy(certificate, authorities, asked)) {
            case TRUSTED -> {}
            case UNSUPPORTED_KEY ->
                faults.add(at, "KEY_TYPE", "密钥须为 SM2、Ed25519 或 P-256", "the key must be SM2, Ed25519 or P-256");
            case NOT_FOR_SIGNING -> faults.add(at, "NOT_FOR_SIGNING", "证书不是签名证书", "the certificate is not for signing");
            case NOT_YET_VALID, EXPIRED -> faults.add(at, "EXPIRED", "证书已过期", "the certificate has expired");
            case UNKNOWN_ISSUER ->
                faults.add(at, "UNKNOWN_ISSUER", "证书非由受信任的认证机构签发", "no trusted authority has issued it");
        }
    }

    private void checkHolder(String at, String holderId, X509Certificate certificate) {
        String holder = holders.putIfAbsent(X509.publicKeyId(certificate), holderId);
        if (holder != null && !holder.equals(holderId)) {
            faults.add(at, "KEY_OF_ANOTHER_HOLDER", "该密钥已登记于 " + holder, "this key is already registered to " + holder);
        }
    }

    /** A certificate that stands, and is stopped itself, may be named again; it stays stopped. */
    private void checkStopped(String at, X509Certificate certificate) {
        Set<String> under = stopped.getOrDefault(X509.publicKeyId(certificate), Set.of());
        if (!under.isEmpty() && !under.contains(X509.id(certificate))) {
            faults.add(at, "KEY_STOPPED", "该密钥已停用或吊销", "this key is suspended or revoked");
        }
    }

    /** X.509 counts the last second in. */
    private static Validity ownValidity(X509Certificate certificate) {
        return new Validity(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant().plusSeconds(1));
    }

    private Optional<X509Certificate> read(String at, String file) {
        if (!faults.require(at, file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pem.certificate(source.pem(file)));
        } catch (IOException e) {
            faults.add(at, "UNREADABLE", "文件无法读取", "cannot be read");
        } catch (IllegalArgumentException e) {
            faults.add(at, "FORMAT", "须为恰含一张证书的 PEM 文件", "must be PEM with exactly one certificate");
        }
        return Optional.empty();
    }
}
