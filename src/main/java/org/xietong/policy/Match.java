package org.xietong.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Unit;
import org.xietong.agency.Units;

/**
 * A row whose conditions all hold for a unit and a record.
 *
 * @param participants for whom its conditions hold; empty = they ask for nothing that is one participant's, and so concern everybody
 */
record Match(ViewRow row, Optional<Set<UUID>> participants) {

    static Optional<Match> of(ViewRow row, Unit unit, RecordFacts facts, Units units) {
        if (!relationsHold(row.when(), unit, facts, units)) {
            return Optional.empty();
        }
        if (isOfEverybody(row.when())) {
            return Optional.of(new Match(row, Optional.empty()));
        }
        Set<UUID> reached = reached(row.when(), unit, facts);
        return reached.isEmpty() ? Optional.empty() : Optional.of(new Match(row, Optional.of(reached)));
    }

    /** Whether all the conditions hold, for whichever participant. */
    static boolean holds(List<Condition> when, Unit unit, RecordFacts facts, Units units) {
        return relationsHold(when, unit, facts, units)
                && (isOfEverybody(when) || !reached(when, unit, facts).isEmpty());
    }

    private static boolean relationsHold(List<Condition> when, Unit unit, RecordFacts facts, Units units) {
        return when.stream().allMatch(condition -> switch (condition) {
            case Condition.Relation relation -> holds(relation, unit, facts, units);
            case Condition.After after -> true;
            case Condition.Supervised supervised -> true;
        });
    }

    private static boolean holds(Condition.Relation relation, Unit unit, RecordFacts facts, Units units) {
        String id = unit.id();
        String owner = facts.ownerUnit();
        return switch (relation) {
            case OWNER -> id.equals(owner);
            case OPERATED_WITH ->
                units.sameLevel(id, owner)
                        && units.find(owner)
                                .filter(o -> o.agency().operatedWith(unit.agency()))
                                .isPresent();
            case SUPERIOR -> units.isSuperior(id, owner);
            case SAME_LEVEL_PROCURATORATE -> unit.agency() == AgencyCode.PROC && units.sameLevel(id, owner);
            case REVIEWING_PROCURATORATE -> unit.agency() == AgencyCode.PROC && reviews(unit, facts, units);
            case REVIEWING_SUPERIOR ->
                units.find(owner)
                        .flatMap(units::superiorOf)
                        .filter(above -> above.id().equals(id)
                                && facts.units().addressees().contains(id))
                        .isPresent();
            case SAME_LEVEL -> units.sameLevel(id, owner);
            case ADDRESSEE -> facts.units().addressees().contains(id);
            case SENDER -> facts.units().senders().contains(id);
            case REFERRER -> facts.units().referrers().contains(id);
            case APPEALED_TO ->
                facts.units().appealedTo().stream().anyMatch(sent -> sent.unit().equals(id));
            case REQUESTER -> facts.units().requesters().contains(id);
            case HANDLER -> facts.units().handlers().contains(id);
            case MEMBER -> facts.units().members().contains(id);
        };
    }

    private static boolean reviews(Unit reviewer, RecordFacts facts, Units units) {
        return facts.units().addressees().stream()
                .flatMap(addressee -> units.find(addressee).stream())
                .filter(a -> a.agency() == AgencyCode.PROC && units.sameLevel(a.id(), facts.ownerUnit()))
                .anyMatch(a -> units.superiorOf(a).orElse(a).id().equals(reviewer.id()));
    }

    private static List<String> milestones(List<Condition> when) {
        return when.stream()
                .flatMap(condition -> switch (condition) {
                    case Condition.Relation relation -> Stream.<String>empty();
                    case Condition.After after -> Stream.of(after.milestone().name());
                    case Condition.Supervised supervised -> Stream.of(Condition.Supervised.FACT);
                })
                .toList();
    }

    private static boolean isOfEverybody(List<Condition> when) {
        return milestones(when).isEmpty() && !when.contains(Condition.Relation.APPEALED_TO);
    }

    /** Participants of the record for whom all the conditions hold. */
    private static Set<UUID> reached(List<Condition> when, Unit unit, RecordFacts facts) {
        List<String> milestones = milestones(when);
        Set<UUID> reached = new HashSet<>(milestones.isEmpty() ? facts.participants() : reached(milestones, facts));
        if (when.contains(Condition.Relation.APPEALED_TO)) {
            reached.removeIf(who -> !facts.units().appealedTo().contains(new SentUp(unit.id(), who)));
        }
        return Set.copyOf(reached);
    }

    /** Participants of the record for whom all the milestones stand, in one and the same filing. */
    private static Set<UUID> reached(List<String> milestones, RecordFacts facts) {
        Set<UUID> reached = new HashSet<>();
        for (MilestoneFact fact : facts.milestones()) {
            boolean all = milestones.stream()
                    .allMatch(
                            m -> facts.milestones().contains(new MilestoneFact(m, fact.participant(), fact.filing())));
            if (all && facts.participants().contains(fact.participant())) {
                reached.add(fact.participant());
            }
        }
        return Set.copyOf(reached);
    }
}
