package org.xietong.record;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables of this room that are written one row at a time. */
final class RecordRepositories {
    private RecordRepositories() {}

    @ApplicationScoped
    static class RecordRepository implements PanacheRepositoryBase<RecordEntity, UUID> {}

    @ApplicationScoped
    static class LoweringRepository implements PanacheRepositoryBase<LoweringEntity, UUID> {
        Optional<LoweringEntity> of(UUID record, UUID id) {
            return find("id = ?1 and record = ?2", id, record).firstResultOptional();
        }

        /** Newest first. */
        List<LoweringEntity> newest(UUID record, int most) {
            return find("record = ?1 order by proposedAt desc, id", record)
                    .range(0, most - 1)
                    .list();
        }

        Optional<LoweringEntity> unended(UUID record) {
            return find("record = ?1 and replacedAt is null and confirmedAt is null", record)
                    .firstResultOptional();
        }
    }

    @ApplicationScoped
    static class GrantRepository implements PanacheRepositoryBase<GrantEntity, UUID> {
        Optional<GrantEntity> of(UUID record, UUID id) {
            return find("id = ?1 and record = ?2", id, record).firstResultOptional();
        }

        /** Proposed or standing; newest first. */
        List<GrantEntity> open(UUID record, Instant now) {
            return list(
                    "record = ?1 and revokedAt is null and until > ?2 and (approvedAt is not null or expiresAt > ?2)"
                            + " order by proposedAt desc, id",
                    record,
                    now);
        }
    }

    @ApplicationScoped
    static class VersionRepository implements PanacheRepositoryBase<VersionEntity, UUID> {
        List<VersionEntity> of(UUID record, Collection<Integer> numbers) {
            return numbers.isEmpty()
                    ? List.of()
                    : list("record = ?1 and version in ?2 order by version", record, numbers);
        }
    }
}
