package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.xietong.matter.Occurred;
import org.xietong.policy.RecordFacts;
import org.xietong.policy.SightRow;
import org.xietong.policy.View;

/** Keeps sight true: whatever changes a record, its matter or its label recomputes the rows in the same transaction. */
@ApplicationScoped
class SightKeeper {
    private final RecordRows rows;
    private final SightRows sight;
    private final Lookup lookup;
    private final StoredJson json;
    private final Kinds kinds;
    private final CurrentPolicy policy;

    SightKeeper(RecordRows rows, SightRows sight, Lookup lookup, StoredJson json, Kinds kinds, CurrentPolicy policy) {
        this.rows = rows;
        this.sight = sight;
        this.lookup = lookup;
        this.json = json;
        this.kinds = kinds;
        this.policy = policy;
    }

    /**
     * Recomputes the sight of every record of the matter, whose lock the caller holds.
     *
     * @return the rows that it computed from, as they stand now
     */
    List<RecordRow> refresh(UUID matter) {
        List<RecordRow> records = rows.ofMatter(matter);
        keep(matter, records);
        return records;
    }

    /** As {@link #refresh}, where the caller knows the rows: in a matter that he has just opened there are no others. */
    void keep(UUID matter, List<RecordRow> records) {
        List<SightRows.Row> wanted = new ArrayList<>();
        for (RecordRow row : records) {
            for (SightRow seen : policy.engine().sight(facts(kinds.byCode(row.kind()), row))) {
                wanted.add(new SightRows.Row(
                        seen.viewer(),
                        row.id(),
                        row.kind(),
                        at(row, seen),
                        row.state(),
                        seen.view().name(),
                        seen.view().shows(View.FULL) ? row.version() : 0));
            }
        }
        sight.replace(matter, records.stream().map(RecordRow::id).toList(), wanted);
    }

    private <C extends Content> RecordFacts facts(Kind<C> kind, RecordRow row) {
        return lookup.facts(kind, row, json.read(row.content(), kind.contentType()));
    }

    /** Where the day is hidden, the place in a sorted list must not betray it. */
    private static Instant at(RecordRow row, SightRow seen) {
        if (!seen.hidden().contains("day")) {
            return row.recordedAt();
        }
        return row.recordedAt()
                .atZone(Occurred.ZONE)
                .with(TemporalAdjusters.firstDayOfMonth())
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }
}
