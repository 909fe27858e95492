package org.xietong.record;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The tables of this room that are written one row at a time. */
final class RecordRepositories {
    private RecordRepositories() {}

    @ApplicationScoped
    static class RecordRepository implements PanacheRepositoryBase<RecordEntity, UUID> {}

    @ApplicationScoped
    static class VersionRepository implements PanacheRepositoryBase<VersionEntity, UUID> {
        List<VersionEntity> of(UUID record, Collection<Integer> numbers) {
            return numbers.isEmpty()
                    ? List.of()
                    : list("record = ?1 and version in ?2 order by version", record, numbers);
        }
    }
}
