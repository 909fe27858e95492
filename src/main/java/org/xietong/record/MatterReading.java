package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.identifier.PaperNumber;
import org.xietong.matter.MatterTies;
import org.xietong.matter.Matters;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Reads a matter through the records that the caller sees; without one of them there is no matter for him. */
@ApplicationScoped
public class MatterReading {
    private final MatterRecords records;
    private final MatterLinks links;
    private final Matters matters;
    private final MatterTies ties;
    private final CurrentPolicy policy;
    private final Lookup lookup;
    private final RecordViews views;
    private final Kinds kinds;
    private final PaperNumbers numbers;
    private final RecordRows rows;

    MatterReading(
            MatterRecords records,
            MatterLinks links,
            Matters matters,
            MatterTies ties,
            CurrentPolicy policy,
            Lookup lookup,
            RecordViews views,
            Kinds kinds,
            PaperNumbers numbers,
            RecordRows rows) {
        this.records = records;
        this.links = links;
        this.matters = matters;
        this.ties = ties;
        this.policy = policy;
        this.lookup = lookup;
        this.views = views;
        this.kinds = kinds;
        this.numbers = numbers;
        this.rows = rows;
    }

    /** The matter with its newest records in sight. */
    public MatterView read(Caller caller, Trace trace, UUID matter) {
        MatterRecords.Page page = records.page(caller, trace, matter, Optional.empty(), RecordQuery.MOST);
        List<MatterTies.Invited> invitations = ties.standing(matter, caller.unit());
        if (page.entries().isEmpty()
                && invitations.stream().noneMatch(i -> i.unit().equals(caller.unit()))) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        trace.decided("TIMELINE", policy.policies().version());
        Set<String> units = new TreeSet<>(page.units());
        if (matters.isMember(matter, caller.unit())) {
            units.add(caller.unit());
        }
        invitations.forEach(i -> units.addAll(List.of(i.unit(), i.byUnit())));
        return new MatterView(
                matter,
                List.copyOf(page.participants()),
                List.copyOf(page.milestones()),
                List.copyOf(units),
                page.entries().isEmpty() ? List.of() : links.shown(caller, matter),
                invitations.stream()
                        .map(i -> new MatterView.Invitation(i.id(), i.unit(), i.byUnit(), RecordViews.shanghai(i.at())))
                        .toList(),
                page.entries());
    }

    /** The records of a matter that are in sight, newest first. */
    public Timeline timeline(Caller caller, Trace trace, UUID matter, Optional<String> after, int limit) {
        MatterRecords.Page page = records.page(caller, trace, matter, after, limit);
        if (page.entries().isEmpty() && after.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        return new Timeline(page.entries(), page.next().orElse(null));
    }

    /**
     * Invitations into the matter that the caller's unit made, with those that it has taken back, and those that it received and
     * that stand; newest first. Of others' it learns nothing (I4).
     */
    public InvitationPage invitations(Caller caller, Trace trace, UUID matter, Optional<String> after, int limit) {
        boolean seen = records.sees(caller, trace, matter);
        if (!seen
                && ties.standing(matter, caller.unit()).stream()
                        .noneMatch(i -> i.unit().equals(caller.unit()))) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        trace.decided("INVITATIONS", policy.policies().version());
        Cursor from = after.map(Cursor::decode).orElse(Cursor.NEWEST);
        return InvitationPage.of(ties.invitations(matter, caller.unit(), from.at(), from.id(), limit + 1), limit);
    }

    /** Invitations that the caller's unit has received and that stand, newest first: where it learns of a matter that shows it no record. */
    public InvitationPage received(Caller caller, Trace trace, Optional<String> after, int limit) {
        trace.decided("INVITATIONS", policy.policies().version());
        Cursor from = after.map(Cursor::decode).orElse(Cursor.NEWEST);
        return InvitationPage.of(ties.received(caller.unit(), from.at(), from.id(), limit + 1), limit);
    }

    /** The matters of records that show the caller this number; none and unseen are one and the same (I4). */
    public Resolved resolve(Caller caller, Trace trace, ResolveDraft draft) {
        trace.decided("RESOLVED", policy.policies().version());
        String number = PaperNumber.normal(Objects.requireNonNullElse(draft.number(), ""));
        List<Resolved.Match> matches = new ArrayList<>();
        UUID after = PaperNumbers.FIRST;
        while (true) {
            List<UUID> found = numbers.find(number, Seen.viewers(caller), after);
            for (RecordRow row : rows.byIds(found)) {
                bearing(caller, trace, kinds.byCode(row.kind()), row, number).ifPresent(matches::add);
            }
            if (found.size() < PaperNumbers.AT_ONCE || matches.size() >= Resolved.MOST) {
                return Resolved.of(matches);
            }
            after = found.getLast();
        }
    }

    private <C extends Content> Optional<Resolved.Match> bearing(
            Caller caller, Trace trace, Kind<C> kind, RecordRow row, String number) {
        Optional<Seen<C>> seen = lookup.look(caller, kind, row);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        RecordView<C> view = views.view(caller, kind, seen.get(), RecordViews.Named.NOTHING);
        if (view.content() == null
                || !PaperNumbers.of(view.documentNumber(), (Record) view.content())
                        .contains(number)) {
            return Optional.empty();
        }
        views.mention(trace, kind, seen.get());
        return Optional.of(new Resolved.Match(row.matter(), row.kind(), row.id()));
    }
}
