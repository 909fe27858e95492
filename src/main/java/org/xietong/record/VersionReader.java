package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.record.RecordRepositories.VersionRepository;

/** Reads the versions of a record with their typed content. */
@ApplicationScoped
class VersionReader {
    private final VersionRepository versions;
    private final StoredJson json;

    VersionReader(VersionRepository versions, StoredJson json) {
        this.versions = versions;
        this.json = json;
    }

    record Version<C extends Content>(
            int version,
            String act,
            String unit,
            Instant at,
            String state,
            UUID exchange,
            @Nullable ActDraft<C> actContent,
            C content) {}

    <C extends Content> List<Version<C>> of(Kind<C> kind, UUID record) {
        return versions.of(record).stream().map(v -> version(kind, v)).toList();
    }

    private <C extends Content> Version<C> version(Kind<C> kind, VersionEntity v) {
        @Nullable ActDraft<C> act = v.actContent == null ? null : json.readAct(v.actContent, kind.contentType());
        return new Version<>(
                v.version, v.act, v.byUnit, v.at, v.state, v.exchange, act, json.read(v.content, kind.contentType()));
    }
}
