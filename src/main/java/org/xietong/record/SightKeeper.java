package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.xietong.matter.Occurred;
import org.xietong.policy.SightRow;
import org.xietong.policy.View;

/** Keeps sight true: whatever changes a record, its matter or its label recomputes the rows in the same transaction. */
@ApplicationScoped
class SightKeeper {
    /** No state has this name: a filter by state does not find what hides its own. */
    private static final String HIDDEN_STATE = "";

    /** No record has this id (RFC 9562 §5.9). */
    private static final UUID NONE = new UUID(0, 0);

    private final RecordRows rows;
    private final SightRows sight;
    private final Lookup lookup;
    private final CurrentPolicy policy;

    SightKeeper(RecordRows rows, SightRows sight, Lookup lookup, CurrentPolicy policy) {
        this.rows = rows;
        this.sight = sight;
        this.lookup = lookup;
        this.policy = policy;
    }

    /**
     * Recomputes the sight of every record of the matter, whose lock the caller holds.
     *
     * @param written the record whose content shall come with its row
     * @return the rows that it computed from, as they stand now
     */
    List<RecordRow> refresh(UUID matter, UUID written) {
        List<RecordRow> records = rows.ofMatter(matter, written);
        keep(matter, records);
        return records;
    }

    /** The same, where nobody asks for a content. */
    void refresh(UUID matter) {
        refresh(matter, NONE);
    }

    /** As {@link #refresh}, where the caller knows the rows: in a matter that he has just opened there are no others. */
    void keep(UUID matter, List<RecordRow> records) {
        List<SightRows.Row> wanted = new ArrayList<>();
        for (RecordRow row : records.stream().filter(row -> !row.quarantined()).toList()) {
            for (SightRow seen : policy.engine().sight(lookup.facts(row))) {
                wanted.add(new SightRows.Row(
                        seen.viewer(),
                        row.id(),
                        row.kind(),
                        at(row, seen),
                        matter,
                        seen.hidden().contains("state") ? HIDDEN_STATE : row.state(),
                        seen.view().name(),
                        seen.until(),
                        version(row, seen)));
            }
        }
        sight.replace(records.stream().map(RecordRow::id).toList(), wanted);
    }

    /**
     * What the feed compares beside the view: the version where it shows; where sight is limited, a mark of whom it is limited to,
     * so that somebody more or less is told of and acts upon the others are not.
     */
    private static int version(RecordRow row, SightRow seen) {
        if (!seen.only().isEmpty()) {
            return Integer.MIN_VALUE | seen.only().hashCode();
        }
        return seen.view().shows(View.FULL) ? row.version() : 0;
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
