package org.xietong.evidence.check;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.xietong.crypto.CmsSignature;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/** Checks an evidence bundle, offline, from the manifest to the time-stamps. */
public final class BundleCheck {
    private static final int MOST_KEY_BYTES = 64 * 1024;
    private static final int MOST_NOTE_BYTES = 1 << 20;

    private final Trust trust;
    private final Report report = new Report();

    private BundleCheck(Trust trust) {
        this.trust = trust;
    }

    /** Never throws for what is in the file: the report names the first fault. */
    public static Report check(Path file, Trust trust) {
        Crypto.install();
        BundleCheck check = new BundleCheck(trust);
        try (BundleZip zip = BundleZip.open(file)) {
            check.all(zip);
        } catch (FaultException e) {
            check.report.failed(e);
        } catch (RuntimeException | StackOverflowError unforeseen) {
            check.report.failed(new FaultException(Fault.MALFORMED, String.valueOf(file.getFileName())));
        }
        return check.report;
    }

    private void all(BundleZip zip) throws FaultException {
        Manifest manifest = Manifest.check(zip, report);
        CertificateCheck certificates = new CertificateCheck(zip, trust, report);
        checkManifest(zip, manifest, certificates);
        CheckpointCheck checkpoints = new CheckpointCheck(trust, enclosedKeys(zip), enclosedWitnesses(zip), report);
        CheckpointCheck.Verified sha256 = checkpoint(zip, checkpoints, TreeHash.SHA_256, BundlePath.CHECKPOINT);
        CheckpointCheck.Verified sm3 = checkpoint(zip, checkpoints, TreeHash.SM3, BundlePath.CHECKPOINT_SM3);
        checkpoints.requirePair(sha256, sm3, BundlePath.CHECKPOINT_SM3);
        checkpoints.requireQuorum(sha256, BundlePath.CHECKPOINT);
        checkpoints.requireQuorum(sm3, BundlePath.CHECKPOINT_SM3);
        if (!sha256.checkpoint().origin().equals(manifest.origin())) {
            throw new FaultException(Fault.CHECKPOINT_PAIR, BundlePath.MANIFEST);
        }
        TimeStamps timeStamps =
                new TimeStamps(zip, certificates.trusted(), !trust.roots().isEmpty(), report);
        timeStamps.of(sha256.signed());
        timeStamps.of(sm3.signed());
        ExchangeCheck exchange = new ExchangeCheck(zip, certificates, checkpoints, timeStamps, report);
        for (String id : exchanges(zip)) {
            exchange.check(id, sha256, sm3);
        }
        timeStamps.requireAllUsed();
    }

    private void checkManifest(BundleZip zip, Manifest manifest, CertificateCheck certificates) throws FaultException {
        VerificationKey cms = certificates.at(manifest.p256(), manifest.madeAt());
        VerificationKey sm2 = certificates.at(manifest.sm2(), manifest.madeAt());
        try {
            X509Certificate signer =
                    CmsSignature.verify(zip.read(BundlePath.MANIFEST_CMS, CmsSignature.MAX_BYTES), manifest.bytes());
            if (!VerificationKey.of(signer).keyId().equals(cms.keyId())) {
                throw new FaultException(Fault.MANIFEST_SIGNATURE, BundlePath.MANIFEST_CMS);
            }
        } catch (IllegalArgumentException e) {
            throw new FaultException(Fault.MANIFEST_SIGNATURE, BundlePath.MANIFEST_CMS);
        }
        if (sm2.algorithm() != KeyAlgorithm.SM2
                || !sm2.verify(manifest.bytes(), zip.read(BundlePath.MANIFEST_SM2, 1024))) {
            throw new FaultException(Fault.MANIFEST_SIGNATURE, BundlePath.MANIFEST_SM2);
        }
        certificates.requirePlatform(cms, BundlePath.MANIFEST_CMS);
        certificates.requirePlatform(sm2, BundlePath.MANIFEST_SM2);
        report.count(Checked.SIGNATURES, 2);
        if (certificates.hasExpired(cms) || certificates.hasExpired(sm2)) {
            report.remark(Remark.MANIFEST_EXPIRED);
        }
    }

    private static List<VerifierKey> enclosedKeys(BundleZip zip) throws FaultException {
        return zip.has(BundlePath.VKEYS)
                ? EnclosedKeys.parse(zip.read(BundlePath.VKEYS, MOST_KEY_BYTES), BundlePath.VKEYS)
                : List.of();
    }

    private static List<WitnessKey> enclosedWitnesses(BundleZip zip) throws FaultException {
        return zip.has(BundlePath.WITNESSES)
                ? EnclosedKeys.parseWitnesses(zip.read(BundlePath.WITNESSES, MOST_KEY_BYTES), BundlePath.WITNESSES)
                : List.of();
    }

    private static CheckpointCheck.Verified checkpoint(
            BundleZip zip, CheckpointCheck checkpoints, TreeHash tree, String file) throws FaultException {
        return checkpoints.check(zip.read(file, MOST_NOTE_BYTES), tree, file);
    }

    private static Set<String> exchanges(BundleZip zip) throws FaultException {
        Set<String> ids = new TreeSet<>();
        for (String name : zip.names().tailMap(BundlePath.EXCHANGES).keySet()) {
            if (name.startsWith(BundlePath.EXCHANGES)) {
                String rest = name.substring(BundlePath.EXCHANGES.length());
                int slash = rest.indexOf('/');
                if (slash < 0) {
                    throw new FaultException(Fault.FILE_ADDED, name);
                }
                ids.add(rest.substring(0, slash));
            }
        }
        if (ids.isEmpty()) {
            throw new FaultException(Fault.NOTHING, BundlePath.EXCHANGES);
        }
        return ids;
    }
}
