package org.xietong.agency;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the directory from the database, all of it in one view of the data. */
@ApplicationScoped
class DirectoryReader {
    private final EntityManager entities;
    private final DirectoryStateRepository state;
    private final UnitRepository units;
    private final CaseSystemRepository systems;
    private final OfficerRepository officers;
    private final RegisteredKeyRepository keys;
    private final OutsideRecipientRepository outside;

    DirectoryReader(
            EntityManager entities,
            DirectoryStateRepository state,
            UnitRepository units,
            CaseSystemRepository systems,
            OfficerRepository officers,
            RegisteredKeyRepository keys,
            OutsideRecipientRepository outside) {
        this.entities = entities;
        this.state = state;
        this.units = units;
        this.systems = systems;
        this.officers = officers;
        this.keys = keys;
        this.outside = outside;
    }

    /**
     * The directory as it is now, or empty if its version is still the given one. A version that went back, as after a
     * restore, counts as changed.
     *
     * @throws RuntimeException if it cannot be read
     */
    Optional<DirectorySnapshot> readUnless(long knownVersion) {
        return QuarkusTransaction.requiringNew().call(() -> {
            entities.createNativeQuery("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    .executeUpdate();
            entities.createNativeQuery("SET LOCAL statement_timeout = '3s'").executeUpdate();
            DirectoryStateRow row = state.findById(DirectoryStateRow.ONLY);
            if (row == null) {
                throw new IllegalStateException("directory_state has lost its row");
            }
            return row.version == knownVersion ? Optional.empty() : Optional.of(read(row.version));
        });
    }

    private DirectorySnapshot read(long version) {
        List<UnitRow> rows = units.listAll();
        Map<String, Validity> validity =
                rows.stream().collect(Collectors.toUnmodifiableMap(row -> row.id, UnitRow::validity));
        return new DirectorySnapshot(
                version,
                new Units(rows.stream().map(UnitRow::toUnit).toList()),
                validity,
                systems.streamAll().map(CaseSystemRow::toSystem).toList(),
                officers.streamAll().map(OfficerRow::toOfficer).toList(),
                keys.streamAll().flatMap(row -> row.toKey().stream()).toList(),
                outside.streamAll().map(OutsideRecipientRow::toRecipient).toList());
    }
}
