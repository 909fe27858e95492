package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xietong.agency.Caller;
import org.xietong.agency.CertificateArchive;
import org.xietong.agency.PlatformKeys;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundleHead;
import org.xietong.evidence.BundleWriter;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.ledger.LogSigners;
import org.xietong.ledger.Receipts;
import org.xietong.ledger.RequestBodies;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Download;
import org.xietong.record.Trace;

/**
 * Makes bundles of evidence: what a reader may open of one exchange or of a matter's, with everything that a stranger needs to check it
 * without us. The body of a write goes to the unit that sent it, and to nobody else.
 */
@ApplicationScoped
public class EvidenceBundles {
    public static final String MEDIA_TYPE = "application/zip";
    /** The most exchanges of one bundle. */
    public static final int MOST = 500;
    /** The most bytes of its files; more would fill memory. */
    private static final long MOST_BYTES = 64L << 20;

    private final ExchangeReading exchanges;
    private final Receipts receipts;
    private final RequestBodies bodies;
    private final CertificateArchive certificates;
    private final PlatformKeys keys;
    private final LogSigners logs;
    private final Spool spool;

    EvidenceBundles(
            ExchangeReading exchanges,
            Receipts receipts,
            RequestBodies bodies,
            CertificateArchive certificates,
            PlatformKeys keys,
            LogSigners logs,
            Spool spool) {
        this.exchanges = exchanges;
        this.receipts = receipts;
        this.bodies = bodies;
        this.certificates = certificates;
        this.keys = keys;
        this.logs = logs;
        this.spool = spool;
    }

    /**
     * The evidence of one exchange.
     *
     * @throws ProblemException as {@link ExchangeReading#open}; NOT_YET_IN_LOG while no checkpoint holds its entry
     */
    public Download ofExchange(Caller caller, Trace trace, UUID id) {
        ExchangeReading.Opened opened = exchanges.opened(caller, trace, id);
        trace.decided("JOURNAL_EVIDENCE", "-");
        return bundle(caller, BundleHead.Kind.EXCHANGE, id, List.of(opened));
    }

    /**
     * The evidence of all exchanges about a matter that this unit may open.
     *
     * @param filter may narrow the time
     * @throws ProblemException NOT_FOUND where it may open none; INVALID_QUERY where they are too many for one bundle;
     *     NOT_YET_IN_LOG while no checkpoint holds the newest of them
     */
    public Download ofMatter(Caller caller, Trace trace, UUID matter, ExchangeFilter filter) {
        List<ExchangeReading.Opened> opened = exchanges.openedOfThread(caller, trace, filter.thread(matter), MOST);
        trace.decided("JOURNAL_EVIDENCE", "-");
        if (opened.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        return bundle(caller, BundleHead.Kind.MATTER, matter, opened);
    }

    private Download bundle(Caller caller, BundleHead.Kind kind, UUID about, List<ExchangeReading.Opened> opened) {
        List<UUID> ids = opened.stream().map(one -> one.exchange().id()).toList();
        Receipts.Proven proven =
                receipts.proven(ids).orElseThrow(() -> new ProblemException(ProblemType.NOT_YET_IN_LOG));
        Map<UUID, byte[]> sent = bodies.of(opened.stream()
                .filter(ExchangeReading.Opened::own)
                .map(one -> one.exchange().id())
                .toList());
        BundleFiles files = new BundleFiles();
        Set<String> signers = new TreeSet<>();
        List<Signed> signatures = new ArrayList<>();
        for (ExchangeReading.Opened one : opened) {
            UUID id = one.exchange().id();
            files.add(
                    one.exchange(),
                    Optional.ofNullable(sent.get(id)),
                    proven.of(TreeHash.SHA_256).get(id),
                    proven.of(TreeHash.SM3).get(id));
            BundleFiles.signatures(one.exchange()).forEach(found -> {
                signers.add(found.keyId());
                signatures.add(new Signed(id, found));
            });
        }
        addSignatures(files, signatures, certificates.of(signers));
        files.add("checkpoints/checkpoint.txt", proven.head().sha256());
        files.add("checkpoints/checkpoint-sm3.txt", proven.head().sm3());
        files.add(
                "checkpoints/vkeys.txt",
                Stream.of(TreeHash.SHA_256, TreeHash.SM3)
                        .flatMap(tree -> logs.verifierKeys(tree).stream())
                        .map(key -> key + "\n")
                        .collect(Collectors.joining()));
        if (files.size() > MOST_BYTES) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("from", "TOO_MANY"));
        }
        return write(caller, kind, about, files);
    }

    private record Signed(UUID exchange, BundleFiles.Found signature) {}

    /** Each signature in the form that openssl reads; the certificate tells which that is. */
    private void addSignatures(BundleFiles files, List<Signed> signatures, Map<String, X509Certificate> known) {
        for (Signed signed : signatures) {
            BundleFiles.Found found = signed.signature();
            X509Certificate certificate = known.get(found.keyId());
            if (certificate == null) {
                throw new IllegalStateException("a certificate that verified a signature is gone");
            }
            String path = "exchanges/" + signed.exchange() + "/" + found.name();
            files.add(path + ".sigbase", found.base());
            files.add(path + ".sig", VerificationKey.of(certificate).algorithm().foreignForm(found.signature()));
        }
        known.forEach((id, certificate) -> files.add("certificates/" + id + ".pem", Pem.ofCertificate(certificate)));
        for (X509Certificate issuer : certificates.authorities()) {
            files.add("certificates/" + VerificationKey.of(issuer).keyId() + ".pem", Pem.ofCertificate(issuer));
        }
    }

    private Download write(Caller caller, BundleHead.Kind kind, UUID about, BundleFiles files) {
        BundleWriter writer = new BundleWriter(keys.evidenceSigner(Suite.INTL), keys.evidenceSigner(Suite.GM));
        BundleHead head = new BundleHead(kind, about.toString(), logs.origin(TreeHash.SHA_256), Instant.now());
        String name = kind.name().toLowerCase(Locale.ROOT) + "-" + about + ".zip";
        return spool.write(caller.system(), MEDIA_TYPE, name, out -> writer.write(head, files.byPath(), out));
    }
}
