package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Caller;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.Deadline;
import org.xietong.deadline.Rule;
import org.xietong.policy.Decision;
import org.xietong.policy.View;

/** Who may learn of a deadline: who sees the record that started it in full, as far as the rule's audience goes (I4). */
@ApplicationScoped
class DeadlineSight {
    private final CaseClocks clocks;
    private final RecordRows rows;
    private final Lookup lookup;
    private final Kinds kinds;
    private final CurrentPolicy policy;

    DeadlineSight(CaseClocks clocks, RecordRows rows, Lookup lookup, Kinds kinds, CurrentPolicy policy) {
        this.clocks = clocks;
        this.rows = rows;
        this.lookup = lookup;
        this.kinds = kinds;
        this.policy = policy;
    }

    /** The records that started these deadlines, by id. */
    Map<UUID, RecordRow> records(List<Deadline> found) {
        List<UUID> ids = found.stream().map(Deadline::record).distinct().toList();
        return rows.byIds(ids).stream()
                .collect(Collectors.toMap(RecordRow::id, Function.identity(), (one, same) -> one, HashMap::new));
    }

    /** A deadline with the record that shows it. */
    record Told<C extends Content>(Deadline deadline, Kind<C> kind, Seen<C> seen) {
        void mention(Trace trace, RecordViews views) {
            views.mention(trace, kind, seen);
        }
    }

    /** The engine's second look; empty where it denies. */
    Optional<Told<?>> told(Caller caller, Deadline deadline, @Nullable RecordRow record, Instant now) {
        return record == null
                ? Optional.empty()
                : told(caller, deadline, record, kinds.byCode(record.kind()), now)
                        .map(Function.identity());
    }

    private <C extends Content> Optional<Told<C>> told(
            Caller caller, Deadline deadline, RecordRow record, Kind<C> kind, Instant now) {
        return lookup.look(caller, kind, record)
                .filter(seen -> seen.permitted().view().shows(View.FULL) && shows(caller, seen, deadline, now))
                .map(seen -> new Told<>(deadline, kind, seen));
    }

    /** Whether the deadline is for this caller, who sees its record in full. */
    boolean shows(Caller caller, Seen<?> seen, Deadline deadline, Instant now) {
        return clocks.knows(deadline) && concerns(seen, deadline) && isFor(caller, seen, deadline, now);
    }

    /** A record that the caller sees in full, and not by a grant alone; empty otherwise. */
    <C extends Content> Optional<Seen<C>> byRight(Caller caller, Kind<C> kind, RecordRow record) {
        return lookup.look(caller, kind, record)
                .filter(seen -> seen.permitted().view().shows(View.FULL) && seesByRight(caller, seen));
    }

    Kind<?> kind(RecordRow record) {
        return kinds.byCode(record.kind());
    }

    /** Whether the unit is a procuratorate. */
    boolean isSupervisor(String unit) {
        return policy.units()
                .find(unit)
                .filter(found -> found.agency() == AgencyCode.PROC)
                .isPresent();
    }

    /** Whether the caller may learn by its end of what he may not see. */
    private boolean isFor(Caller caller, Seen<?> seen, Deadline deadline, Instant now) {
        Rule rule = clocks.rule(deadline);
        Rule.Audience audience = rule.audience();
        if ((rule.per() != Rule.Per.RECORD || audience != null) && !seesByRight(caller, seen)) {
            return false;
        }
        return audience == null
                || deadline.actors().contains(caller.unit())
                || isSupervisor(caller.unit()) && reaches(audience, deadline, now);
    }

    private static boolean reaches(Rule.Audience audience, Deadline deadline, Instant now) {
        return switch (audience) {
            case ACTOR -> false;
            case SUPERVISOR -> true;
            case SUPERVISOR_ONCE_LATE -> deadline.isLate(now);
        };
    }

    /** A grant opens one record, and nothing of what else happens in the case. */
    boolean seesByRight(Caller caller, Seen<?> seen) {
        return policy.engine().decide(Seen.viewer(caller), seen.facts().withoutGrants())
                        instanceof Decision.Permitted own
                && own.view().shows(View.FULL);
    }

    /** Whose is nobody's shows to who sees everybody. */
    private boolean concerns(Seen<?> seen, Deadline deadline) {
        return deadline.participant() == null
                ? seen.permitted().concernsEverybody()
                : seen.permitted()
                        .participants()
                        .map(limit -> limit.contains(deadline.participant()))
                        .orElse(true);
    }
}
