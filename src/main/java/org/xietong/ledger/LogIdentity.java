package org.xietong.ledger;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;

/**
 * By what a checkpoint is known to be this log's: its origin, and a signature of a key that the log has or had. Former keys are
 * those whose certificates the database recorded, and those that the operator lists, since a database that was set back may
 * have forgotten one.
 */
public final class LogIdentity {
    private static final String RECORDED =
            "SELECT certificate FROM platform_certificate WHERE use IN ('log-intl', 'log-gm')";

    private final String origin;
    private final Function<TreeHash, List<VerifierKey>> inUse;
    private final List<VerifierKey> listed;

    /**
     * @param inUse keys in use, of each tree
     * @param formerKeys further ones, as {@code /log/vkeys} shows them
     * @throws IllegalArgumentException with a message for the operator, if one of those cannot be read
     */
    LogIdentity(String origin, Function<TreeHash, List<VerifierKey>> inUse, Collection<String> formerKeys) {
        this.origin = origin;
        this.inUse = inUse;
        this.listed = formerKeys.stream().map(LogIdentity::key).toList();
    }

    /** Where no key in use is at hand: by what the database recorded and the operator lists. */
    public static LogIdentity recorded(String origin, Collection<String> formerKeys) {
        return new LogIdentity(origin, tree -> List.of(), formerKeys);
    }

    private static VerifierKey key(String text) {
        try {
            return VerifierKey.parse(text.strip());
        } catch (MalformedEvidenceException e) {
            throw new IllegalArgumentException(
                    "xietong.log.former-keys 无法读取：" + text + " / xietong.log.former-keys cannot be read: " + text, e);
        }
    }

    /** Of the tree that hashes so, where the log is called so. */
    static String origin(String log, TreeHash tree) {
        return switch (tree) {
            case SHA_256 -> log;
            case SM3 -> log + "/sm3";
        };
    }

    /** The verifier keys that one of the log's certificates stands for: one for each tree. */
    static List<VerifierKey> keys(String log, X509Certificate certificate) {
        BareKey key = BareKey.of(certificate);
        SignatureType type = key.algorithm() == KeyAlgorithm.SM2 ? SignatureType.SM2 : SignatureType.ED25519;
        return Arrays.stream(TreeHash.values())
                .map(tree -> VerifierKey.of(origin(log, tree), type, key))
                .toList();
    }

    /**
     * The checkpoint as one of this log's.
     *
     * @param source where it is from
     * @throws UnrecognisedCheckpointException if it is of another log, or no key of this one has signed it
     */
    KnownCheckpoint recognise(Connection connection, SignedCheckpoint shown, String source)
            throws SQLException, UnrecognisedCheckpointException {
        String of = shown.checkpoint().origin();
        Optional<TreeHash> tree = Arrays.stream(TreeHash.values())
                .filter(one -> origin(origin, one).equals(of))
                .findFirst();
        if (tree.isEmpty()) {
            throw new UnrecognisedCheckpointException(
                    "检查点属于另一日志：" + of + "（" + source + "）", "a checkpoint of another log: " + of + " (" + source + ")");
        }
        try {
            shown.note().verify(keys(connection, tree.get()));
        } catch (UnverifiedNoteException e) {
            throw new UnrecognisedCheckpointException(
                    "检查点没有本日志任何密钥的有效签名：" + source + "；若系已停用的密钥所签，请将其公钥列入 xietong.log.former-keys",
                    "no key of this log has signed the checkpoint: " + source
                            + "; where a former key has, list it under xietong.log.former-keys");
        }
        return new KnownCheckpoint(tree.get(), shown, source);
    }

    private List<VerifierKey> keys(Connection connection, TreeHash tree) throws SQLException {
        String name = origin(origin, tree);
        return Stream.of(inUse.apply(tree), recorded(connection), listed)
                .flatMap(List::stream)
                .filter(key -> key.name().equals(name))
                .distinct()
                .toList();
    }

    private List<VerifierKey> recorded(Connection connection) throws SQLException {
        List<VerifierKey> keys = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(RECORDED);
                ResultSet row = select.executeQuery()) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (row.next()) {
                keys.addAll(keys(origin, (X509Certificate)
                        factory.generateCertificate(new ByteArrayInputStream(row.getBytes(1)))));
            }
        } catch (CertificateException e) {
            throw new IllegalStateException("a recorded certificate cannot be read", e);
        }
        return keys;
    }
}
