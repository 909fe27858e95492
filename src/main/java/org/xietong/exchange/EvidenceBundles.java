package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xietong.agency.Caller;
import org.xietong.agency.CertificateArchive;
import org.xietong.agency.Directory;
import org.xietong.agency.Officer;
import org.xietong.agency.PlatformKeys;
import org.xietong.agency.Revocations;
import org.xietong.audit.Inquiries;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundleHead;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.BundleWriter;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.WitnessKey;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.ledger.LogSigners;
import org.xietong.ledger.Receipts;
import org.xietong.ledger.RequestBodies;
import org.xietong.ledger.SignedHead;
import org.xietong.ledger.TimeStampReader;
import org.xietong.ledger.TimedCheckpoint;
import org.xietong.ledger.WitnessKeyReader;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Download;
import org.xietong.record.SpilledRecords;
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
    private final Directory directory;
    private final SpilledRecords spilled;
    private final Revocations revocations;
    private final TimeStampReader times;
    private final PlatformKeys keys;
    private final LogSigners logs;
    private final WitnessKeyReader witnessKeys;
    private final Spool spool;

    EvidenceBundles(
            ExchangeReading exchanges,
            Receipts receipts,
            RequestBodies bodies,
            CertificateArchive certificates,
            Directory directory,
            SpilledRecords spilled,
            Revocations revocations,
            TimeStampReader times,
            PlatformKeys keys,
            LogSigners logs,
            WitnessKeyReader witnessKeys,
            Spool spool) {
        this.exchanges = exchanges;
        this.receipts = receipts;
        this.bodies = bodies;
        this.certificates = certificates;
        this.directory = directory;
        this.spilled = spilled;
        this.revocations = revocations;
        this.times = times;
        this.keys = keys;
        this.logs = logs;
        this.witnessKeys = witnessKeys;
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
        Proofs proven = proofs(ids);
        Map<UUID, byte[]> sent = sent(caller, opened);
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
        addTimes(files, proven.sizes());
        List<WitnessKey> witnesses = witnessKeys.all();
        files.add("checkpoints/checkpoint.txt", proven.head().sha256());
        files.add("checkpoints/checkpoint-sm3.txt", proven.head().sm3());
        files.add(
                "checkpoints/vkeys.txt",
                Stream.concat(
                                certificates.ofTheLog().stream()
                                        .flatMap(certificate -> logs.verifierKeys(certificate).stream()),
                                witnesses.stream()
                                        .filter(key -> !key.withdrawn())
                                        .map(WitnessKey::key))
                        .distinct()
                        .map(key -> key + "\n")
                        .collect(Collectors.joining()));
        files.add(
                BundlePath.WITNESSES, witnesses.stream().map(key -> key + "\n").collect(Collectors.joining()));
        if (files.size() > MOST_BYTES) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("from", "TOO_MANY"));
        }
        return write(caller, kind, about, files);
    }

    private record Signed(UUID exchange, Instant at, BundleFiles.Found signature) {}

    /**
     * What the caller's unit sent. Nothing to auditors, whose duty is no case; while a record is under quarantine, nothing that was
     * sent for it, nor what names no record at all.
     */
    private Map<UUID, byte[]> sent(Caller caller, List<ExchangeReading.Opened> opened) {
        if (Inquiries.isAuditor(caller) || isAdministrator(caller)) {
            return Map.of();
        }
        Set<UUID> spilled = this.spilled.now();
        List<UUID> ids = opened.stream()
                .filter(ExchangeReading.Opened::own)
                .filter(one -> spilled.isEmpty()
                        || (!one.subjects().isEmpty() && Collections.disjoint(one.subjects(), spilled)))
                .map(one -> one.exchange().id())
                .toList();
        if (bodies.size(ids) > MOST_BYTES) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("from", "TOO_MANY"));
        }
        return bodies.of(ids);
    }

    private boolean isAdministrator(Caller caller) {
        return caller.officer()
                .flatMap(id -> directory.current().officer(id))
                .flatMap(Officer::role)
                .isPresent();
    }

    /**
     * Proofs, each by the first timed checkpoint that holds its entry and that witnesses cosigned ({@link TimeStampReader#vouching}), since that
     * proves the earliest time: a certificate that ended later was good then. As receipts are where none is timed yet.
     *
     * @param head the newest that a proof is by
     * @param sizes of all that proofs are by
     */
    private record Proofs(SignedHead head, Set<Long> sizes, Map<UUID, TlogProof> sha256, Map<UUID, TlogProof> sm3) {
        void add(Receipts.Proven proven, Collection<UUID> ids) {
            sizes.add(proven.head().size());
            for (UUID id : ids) {
                sha256.put(id, proven.proof(TreeHash.SHA_256, id));
                sm3.put(id, proven.proof(TreeHash.SM3, id));
            }
        }

        TlogProof proof(TreeHash tree, UUID id) {
            return Objects.requireNonNull((tree == TreeHash.SM3 ? sm3 : sha256).get(id));
        }
    }

    private Proofs proofs(List<UUID> ids) {
        Receipts.Proven newest =
                receipts.proven(ids).orElseThrow(() -> new ProblemException(ProblemType.NOT_YET_IN_LOG));
        List<UUID> rest = new ArrayList<>(ids);
        rest.sort(Comparator.comparing(id -> place(newest, id)));
        Proofs proofs = new Proofs(newest.head(), new TreeSet<>(), new HashMap<>(), new HashMap<>());
        while (!rest.isEmpty()) {
            Optional<SignedHead> timed =
                    times.vouching(place(newest, rest.getFirst()) + 1).map(TimedCheckpoint::head);
            List<UUID> held = timed.map(head -> rest.stream()
                            .filter(id -> place(newest, id) < head.size())
                            .toList())
                    .orElse(List.of());
            Optional<Receipts.Proven> proven = held.isEmpty() ? Optional.empty() : receipts.proven(held, timed);
            if (proven.isEmpty()) {
                proofs.add(newest, rest);
                return new Proofs(newest.head(), proofs.sizes(), proofs.sha256(), proofs.sm3());
            }
            proofs.add(proven.get(), held);
            rest.removeAll(Set.copyOf(held));
            proofs = new Proofs(proven.get().head(), proofs.sizes(), proofs.sha256(), proofs.sm3());
        }
        return proofs;
    }

    private static long place(Receipts.Proven proven, UUID id) {
        return proven.proof(TreeHash.SHA_256, id).inclusion().index();
    }

    private void addTimes(BundleFiles files, Set<Long> sizes) {
        for (long size : sizes) {
            times.at(size).ifPresent(timed -> {
                files.add("timestamps/" + size + ".tsr", timed.response(TreeHash.SHA_256));
                files.add("timestamps/" + size + "-sm3.tsr", timed.response(TreeHash.SM3));
            });
        }
        String authorities =
                times.certificates().stream().map(Pem::ofCertificate).collect(Collectors.joining());
        if (!authorities.isEmpty()) {
            files.add(BundlePath.TIME_AUTHORITIES, authorities);
        }
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
