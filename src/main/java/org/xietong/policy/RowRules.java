package org.xietong.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.xietong.label.Caveat;

/** What no policy may say, however it is written; checked at loading (I2, I5). */
final class RowRules {
    /** Acts upon the owner's own content and label (I5). */
    private static final Set<String> OWNER_ACTS = Set.of("create", "amend", "relabel", "review-label");

    /** Conditions on which a right to act may rest; nearness is none, and a sister agency reads but never writes. */
    private static final Set<Condition.Relation> MAY_ACT = EnumSet.of(
            Condition.Relation.OWNER,
            Condition.Relation.ADDRESSEE,
            Condition.Relation.SENDER,
            Condition.Relation.SAME_LEVEL_PROCURATORATE,
            Condition.Relation.REVIEWING_PROCURATORATE,
            Condition.Relation.REVIEWING_SUPERIOR);

    private RowRules() {}

    static void check(ViewRow row, Entry entry) {
        needsRelation(row.when(), entry);
        boolean owner = row.when().contains(Condition.Relation.OWNER);
        if (row.opens().contains(Caveat.INFORMANT) && !owner) {
            throw entry.fault("INFORMANT opens to the owner only");
        }
    }

    static void check(ActRow row, Entry entry) {
        needsRelation(row.when(), entry);
        if (row.acts().isEmpty()) {
            throw entry.fault("names no act");
        }
        for (Condition condition : row.when()) {
            if (condition instanceof Condition.Relation relation && !MAY_ACT.contains(relation)) {
                throw entry.fault("no right to act rests on " + relation.code());
            }
        }
        boolean owner = row.when().contains(Condition.Relation.OWNER);
        if (!owner && row.acts().stream().anyMatch(OWNER_ACTS::contains)) {
            throw entry.fault(
                    "only the owner does " + OWNER_ACTS.stream().sorted().toList());
        }
    }

    /** A row without a relation would speak of every unit of an agency. */
    private static void needsRelation(List<Condition> when, Entry entry) {
        if (when.stream().noneMatch(Condition.Relation.class::isInstance)) {
            throw entry.fault("names no relation of the unit to the record");
        }
    }
}
