package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.agency.BlindIndexKey;
import org.xietong.crypto.BlindKey;
import org.xietong.identifier.Characters;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.IdentifierType;
import org.xietong.matter.Participant;

/**
 * The blind index: under the keyed digest of a participant's identifier stands his opaque id. Whoever has the table and not the
 * key can neither read nor guess a number in it. Rows of superseded versions stay: those were disclosed too.
 */
@ApplicationScoped
public class BlindIndex {
    private static final byte[] SEPARATOR = {0};
    private static final String ADD = """
            INSERT INTO blind_index (digest, participant, subject, matter, key_id)
            SELECT DISTINCT d, p, ?::uuid, ?::uuid, ? FROM unnest(?::bytea[], ?::uuid[]) AS r (d, p)
            ON CONFLICT DO NOTHING
            """;

    private final DataSource database;
    private final BlindKey key;

    BlindIndex(DataSource database, BlindIndexKey key) {
        this.database = database;
        this.key = key.get();
    }

    /** What a number of this type stands under, in whatever form it is stated; empty for none. */
    public Optional<byte[]> digest(IdentifierType type, String stated) {
        String value =
                new Identifier(type, stated, false, null, null).normalised().value();
        String normal = value == null ? "" : Characters.compact(value);
        return normal.isEmpty()
                ? Optional.empty()
                : Optional.of(key.digest(
                        type.name().getBytes(StandardCharsets.UTF_8),
                        SEPARATOR,
                        normal.getBytes(StandardCharsets.UTF_8)));
    }

    /** Indexes one version of a record, in the transaction at hand. */
    void keep(UUID record, UUID matter, Content content) {
        List<byte[]> digests = new ArrayList<>();
        List<UUID> participants = new ArrayList<>();
        for (Participant participant :
                Optional.ofNullable(content.participants()).orElse(List.of())) {
            for (byte[] digest : digests(participant)) {
                digests.add(digest);
                participants.add(participant.participantId());
            }
        }
        if (!digests.isEmpty()) {
            add(record, matter, digests, participants);
        }
    }

    private List<byte[]> digests(Participant participant) {
        List<byte[]> digests = new ArrayList<>();
        for (Identifier identifier :
                Optional.ofNullable(participant.identifiers()).orElse(List.of())) {
            IdentifierType type = identifier.type();
            String value = identifier.value();
            if (participant.id() != null && type != null && value != null) {
                digest(type, value).ifPresent(digests::add);
            }
        }
        return digests;
    }

    private void add(UUID record, UUID matter, List<byte[]> digests, List<UUID> participants) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, record);
            add.setObject(2, matter);
            add.setString(3, key.keyId());
            add.setArray(4, connection.createArrayOf("bytea", digests.toArray(byte[][]::new)));
            add.setArray(5, connection.createArrayOf("uuid", participants.toArray()));
            add.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
