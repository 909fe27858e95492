package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.matter.MatterTies;
import org.xietong.matter.MatterTies.Linked;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Which matters belong together. A link is stated by a unit that is in both and sees something of both, and withdrawn by it
 * alone; it opens nothing. It shows to units of both matters, where they see in each a record of whoever stated it: else it would
 * tell that this unit does something there unseen (I4).
 */
@ApplicationScoped
public class MatterLinks {
    private final MatterRecords records;
    private final MatterTies ties;
    private final Standing standing;

    MatterLinks(MatterRecords records, MatterTies ties, Standing standing) {
        this.records = records;
        this.ties = ties;
        this.standing = standing;
    }

    /** Links two matters that are both the caller's; its own link stands once, and not against itself. */
    public Written link(WriteContext context, UUID matter, LinkDraft draft) {
        records.requireIn(context, matter);
        UUID to = draft.to();
        if (to == null || draft.type() == null) {
            throw fault("/to", "REQUIRED");
        }
        if (to.equals(matter)) {
            throw fault("/to", "SAME");
        }
        if (!records.isIn(context.caller(), to)) {
            throw fault("/to", "UNKNOWN");
        }
        List<MatterTies.Same> persons = persons(context.caller(), matter, to, draft);
        UUID id = UUID.randomUUID();
        Linked link = new Linked(id, draft.type(), matter, to, context.caller().unit());
        if (ties.isReversed(link) || !ties.link(link, persons, MatterWriting.by(context))) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        return MatterWriting.written(
                context, Written.Kind.LINK, id, matter, draft.type() + " " + to + " " + draft.persons());
    }

    /** Takes a wrong link back. One that the caller is not shown fails like one that does not exist. */
    public Written withdraw(WriteContext context, UUID matter, UUID link) {
        records.requireIn(context, matter);
        MatterView.Link shown = shown(context.caller(), matter).stream()
                .filter(each -> each.id().equals(link))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        if (!shown.by().equals(context.caller().unit())) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        ties.withdrawLink(link, MatterWriting.by(context));
        return MatterWriting.written(context, Written.Kind.LINK_WITHDRAWAL, link, matter, link.toString());
    }

    /** Links of a matter of which the caller sees something, newest first. */
    List<MatterView.Link> shown(Caller caller, UUID matter) {
        List<Linked> links = ties.links(matter, caller.unit());
        Set<UUID> seen = standing.shown(links, Seen.viewers(caller), caller.unit());
        List<Linked> shown =
                links.stream().filter(link -> seen.contains(link.id())).toList();
        Map<UUID, List<MatterTies.Same>> persons =
                ties.persons(shown.stream().map(Linked::id).toList());
        Map<UUID, Set<UUID>> named = new HashMap<>();
        return shown.stream()
                .map(link -> new MatterView.Link(
                        link.id(),
                        link.type(),
                        link.from(),
                        link.to(),
                        link.byUnit(),
                        persons.getOrDefault(link.id(), List.of()).stream()
                                .filter(same -> named(caller, named, link.from())
                                                .contains(same.from())
                                        && named(caller, named, link.to()).contains(same.to()))
                                .map(same -> new SamePerson(same.from(), same.to()))
                                .toList()))
                .toList();
    }

    private Set<UUID> named(Caller caller, Map<UUID, Set<UUID>> known, UUID matter) {
        return known.computeIfAbsent(matter, each -> records.participants(caller, each));
    }

    /** Whom the caller does not see on his side of the link fails like nobody. */
    private List<MatterTies.Same> persons(Caller caller, UUID matter, UUID to, LinkDraft draft) {
        List<SamePerson> stated = Objects.requireNonNullElse(draft.persons(), List.of());
        if (stated.isEmpty()) {
            return List.of();
        }
        Set<UUID> here = records.participants(caller, matter);
        Set<UUID> there = records.participants(caller, to);
        List<FieldFault> faults = new ArrayList<>();
        List<MatterTies.Same> same = new ArrayList<>();
        for (int i = 0; i < stated.size(); i++) {
            SamePerson person = stated.get(i);
            if (person.from() == null || !here.contains(person.from())) {
                faults.add(new FieldFault("/persons/" + i + "/from", "UNKNOWN"));
            }
            if (person.to() == null || !there.contains(person.to())) {
                faults.add(new FieldFault("/persons/" + i + "/to", "UNKNOWN"));
            }
            if (faults.isEmpty()) {
                same.add(new MatterTies.Same(
                        Objects.requireNonNull(person.from()), Objects.requireNonNull(person.to())));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
        return same;
    }

    private static ProblemException fault(String field, String rule) {
        return new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault(field, rule));
    }
}
