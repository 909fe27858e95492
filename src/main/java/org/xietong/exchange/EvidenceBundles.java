package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.xietong.agency.Revocations;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundleHead;
import org.xietong.evidence.BundleWriter;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.Cosignatures;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.ledger.LogSigners;
import org.xietong.ledger.Receipts;
import org.xietong.ledger.RequestBodies;
import org.xietong.ledger.TimeStampReader;
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
    private final Revocations revocations;
    private final TimeStampReader times;
    private final PlatformKeys keys;
    private final LogSigners logs;
    private final Cosignatures cosignatures;
    private final Spool spool;

    EvidenceBundles(
            ExchangeReading exchanges,
            Receipts receipts,
            RequestBodies bodies,
            CertificateArchive certificates,
            Revocations revocations,
            TimeStampReader times,
            PlatformKeys keys,
            LogSigners logs,
            Cosignatures cosignatures,
            Spool spool) {
        this.exchanges = exchanges;
        this.receipts = receipts;
        this.bodies = bodies;
        this.certificates = certificates;
        this.revocations = revocations;
        this.times = times;
        this.keys = keys;
        this.logs = logs;
        this.cosignatures = cosignatures;
        this.spool = spool;
    }

    /**
     * The evidence of one exchange.
     *
     * @throws ProblemException as {@link ExchangeReading#open}; NOT_YET_IN_LOG while no checkpoint holds its entry
     */
    public Download ofExchange(Caller caller, Trace trace, Instant now, UUID id) {
        ExchangeReading.Opened opened = exchanges.opened(caller, trace, now, id);
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
    public Download ofMatter(Caller caller, Trace trace, Instant now, UUID matter, ExchangeFilter filter) {
        List<ExchangeReading.Opened> opened = exchanges.openedOfThread(caller, trace, now, filter.thread(matter), MOST);
        trace.decided("JOURNAL_EVIDENCE", "-");
        if (opened.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        return bundle(caller, BundleHead.Kind.MATTER, matter, opened);
    }

    private Download bundle(Caller caller, BundleHead.Kind kind, UUID about, List<ExchangeReading.Opened> opened) {
        List<UUID> ids = opened.stream().map(one -> one.exchange().id()).toList();
        Receipts.Proven proven = proven(ids);
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
                    proven.proof(TreeHash.SHA_256, id),
                    proven.proof(TreeHash.SM3, id));
            BundleFiles.signatures(one.exchange()).forEach(found -> {
                signers.add(found.keyId());
                signatures.add(new Signed(id, one.view().time().toInstant(), found));
            });
        }
        Map<String, X509Certificate> known = certificates.of(signers);
        addSignatures(files, signatures, known);
        addRevocation(files, signatures, known);
        addTimes(files, proven.head().size());
        files.add("checkpoints/checkpoint.txt", proven.head().sha256());
        files.add("checkpoints/checkpoint-sm3.txt", proven.head().sm3());
        files.add(
                "checkpoints/vkeys.txt",
                Stream.concat(
                                certificates.ofTheLog().stream()
                                        .flatMap(certificate -> logs.verifierKeys(certificate).stream()),
                                cosignatures.witnessKeys().stream())
                        .distinct()
                        .map(key -> key + "\n")
                        .collect(Collectors.joining()));
        if (files.size() > MOST_BYTES) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("from", "TOO_MANY"));
        }
        return write(caller, kind, about, files);
    }

    private record Signed(UUID exchange, Instant at, BundleFiles.Found signature) {}

    /** By the first checkpoint that is timed and holds them: it proves the earliest time. By the newest while none is. */
    private Receipts.Proven proven(List<UUID> ids) {
        Receipts.Proven newest =
                receipts.proven(ids).orElseThrow(() -> new ProblemException(ProblemType.NOT_YET_IN_LOG));
        return times.covering(newest.least())
                .flatMap(timed -> receipts.proven(ids, Optional.of(timed.head())))
                .orElse(newest);
    }

    private void addTimes(BundleFiles files, long size) {
        times.at(size).ifPresent(timed -> {
            files.add("timestamps/checkpoint.tsr", timed.response(TreeHash.SHA_256));
            files.add("timestamps/checkpoint-sm3.tsr", timed.response(TreeHash.SM3));
        });
    }

    /** The lists that said of each certificate what was known when it was first and last used here. */
    private void addRevocation(BundleFiles files, List<Signed> signatures, Map<String, X509Certificate> known) {
        Map<String, List<Instant>> used = signatures.stream()
                .collect(Collectors.groupingBy(
                        signed -> signed.signature().keyId(), Collectors.mapping(Signed::at, Collectors.toList())));
        known.forEach((id, certificate) -> {
            List<Instant> at = used.getOrDefault(id, List.of());
            at.stream().min(Comparator.naturalOrder()).ifPresent(first -> addList(files, certificate, first));
            at.stream().max(Comparator.naturalOrder()).ifPresent(last -> addList(files, certificate, last));
        });
        for (Suite suite : Suite.values()) {
            addList(files, keys.evidenceSigner(suite).certificate(), Instant.now());
        }
    }

    private void addList(BundleFiles files, X509Certificate certificate, Instant at) {
        revocations
                .at(certificate, at)
                .ifPresent(list ->
                        files.add("certificates/" + Digests.hex(Digests.sha256(list.der())) + ".crl", list.der()));
    }

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
