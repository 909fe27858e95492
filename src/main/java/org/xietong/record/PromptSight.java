package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.Deadline;
import org.xietong.policy.View;

/**
 * Who may learn of a prompt: the owner's unit, where it sees the record in full; the procuratorate that supervises it, once nothing was
 * done in time or it was decided not to transfer (I4). Nobody learns of it by a grant.
 */
@ApplicationScoped
class PromptSight {
    /** What was measured; who does not see one of them does not see what they reached. */
    private static final Set<String> MEASURED =
            Set.of("rightType", "amounts", "goods", "flags", "registrationNumbers", "suspectedArticle");

    private final Lookup lookup;
    private final Kinds kinds;
    private final DeadlineSight sight;
    private final CaseClocks clocks;

    PromptSight(Lookup lookup, Kinds kinds, DeadlineSight sight, CaseClocks clocks) {
        this.lookup = lookup;
        this.kinds = kinds;
        this.sight = sight;
        this.clocks = clocks;
    }

    /** A prompt with the record that shows it. */
    record Told(TransferPrompt prompt, @Nullable Deadline deadline, Seen<?> seen, Consumer<Trace> mention) {
        /** The same, where its record's disclosure is written down already. */
        Told mentioned() {
            return new Told(prompt, deadline, seen, trace -> {});
        }
    }

    /** The deadlines that prompts started. */
    Map<UUID, Deadline> deadlines(Collection<TransferPrompt> prompts) {
        return clocks.byIds(prompts.stream().map(TransferPrompt::deadline).toList()).stream()
                .collect(Collectors.toMap(Deadline::id, Function.identity()));
    }

    /** The engine's second look; empty where it denies. */
    <C extends Content> Optional<Seen<C>> seen(Caller caller, Kind<C> kind, @Nullable RecordRow record) {
        return record == null || record.erased() != null
                ? Optional.empty()
                : lookup.look(caller, kind, record)
                        .filter(seen -> seen.permitted().view().shows(View.FULL)
                                && seen.permitted().concernsEverybody()
                                && sight.seesByRight(caller, seen));
    }

    Kind<?> kind(RecordRow record) {
        return kinds.byCode(record.kind());
    }

    /** Whether the prompt is for this caller, who sees its record in full. */
    boolean shows(Caller caller, TransferPrompt prompt, @Nullable Deadline deadline, Instant now) {
        if (prompt.owner().equals(caller.unit())) {
            return true;
        }
        return sight.isSupervisor(caller.unit())
                && switch (prompt.state()) {
                    case OPEN -> deadline != null && deadline.isLate(now);
                    case DECLINED, CONSIDERED -> true;
                    case TRANSFERRED, LAPSED -> false;
                };
    }

    PromptView view(TransferPrompt prompt, @Nullable Deadline deadline, Seen<?> seen, @Nullable String reasons) {
        boolean whole = seen.permitted().hidden().stream().noneMatch(MEASURED::contains);
        boolean words = seen.permitted().participants().isEmpty() && !RecordReading.closesAField(seen);
        return PromptView.of(prompt, deadline, whole, words ? reasons : null);
    }
}
