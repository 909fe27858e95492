package org.xietong.record;

import java.util.Optional;
import java.util.Set;

/**
 * One step of a lifecycle.
 *
 * @param name code of {@code acts}; with the path {@code /v1/{kind}s/{id}/acts/{name}}
 * @param from states in which it is possible
 * @param to state after it
 * @param actor who takes it; the policy says which units that are
 * @param needs what its request must bring
 * @param reasons the code list of the reason that its request must give
 * @param fields content fields that must be there once it is done
 * @param sets milestones set for the participants it concerns
 * @param revokes milestones revoked for them in the filing; what they had opened closes
 * @param answeredBy acts of whom it hands the record to: who has none of them cannot receive it
 * @param copied whether the procuratorate gets a copy 抄送备案 of what is handed over; nobody can keep it back
 */
public record Act(
        String name,
        Set<String> from,
        String to,
        Actor actor,
        Set<Need> needs,
        Optional<String> reasons,
        Set<String> fields,
        Set<String> sets,
        Set<String> revokes,
        Set<String> answeredBy,
        boolean copied) {

    /** 决定不移送: possible only while a prompt to consider a transfer stands; see {@link TransferPrompts}. */
    public static final String NOT_TRANSFER = "not-transfer";

    /** Whose act it is. An addressee's act adds his own signed content; it never edits the owner's (I5). */
    public enum Actor {
        OWNER,
        ADDRESSEE
    }

    /** What the request of an act must bring. */
    public enum Need {
        /** A reason or report in words. */
        TEXT,
        /** The document number 文号 of the paper that the act rests on. */
        DOCUMENT_NUMBER,
        /** At least one unit addressed. */
        ADDRESSEES,
        /** When it happened. */
        OCCURRED,
        /** The papers that the content names, stored as attachments of the record. */
        PAPERS
    }

    public Act {
        from = Set.copyOf(from);
        needs = Set.copyOf(needs);
        fields = Set.copyOf(fields);
        sets = Set.copyOf(sets);
        revokes = Set.copyOf(revokes);
        answeredBy = Set.copyOf(answeredBy);
    }

    /** An owner's act without further demands. */
    public static Act of(String name, String to, String... from) {
        return new Act(
                name,
                Set.of(from),
                to,
                Actor.OWNER,
                Set.of(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                false);
    }

    public Act byAddressee() {
        return new Act(name, from, to, Actor.ADDRESSEE, needs, reasons, fields, sets, revokes, answeredBy, copied);
    }

    public Act needs(Need... demanded) {
        return new Act(name, from, to, actor, Set.of(demanded), reasons, fields, sets, revokes, answeredBy, copied);
    }

    /** The request must give a reason of this code list. */
    public Act reason(String codeList) {
        return new Act(name, from, to, actor, needs, Optional.of(codeList), fields, sets, revokes, answeredBy, copied);
    }

    public Act fields(String... required) {
        return new Act(name, from, to, actor, needs, reasons, Set.of(required), sets, revokes, answeredBy, copied);
    }

    public Act sets(String... milestones) {
        return new Act(name, from, to, actor, needs, reasons, fields, Set.of(milestones), revokes, answeredBy, copied);
    }

    public Act revokes(String... milestones) {
        return new Act(name, from, to, actor, needs, reasons, fields, sets, Set.of(milestones), answeredBy, copied);
    }

    public Act answeredBy(String... acts) {
        return new Act(name, from, to, actor, needs, reasons, fields, sets, revokes, Set.of(acts), copied);
    }

    /** What it hands over is copied to the procuratorate by the service itself (咸中法〔2021〕10号 art. 7). */
    public Act copiedToProcuratorate() {
        return new Act(name, from, to, actor, needs, reasons, fields, sets, revokes, answeredBy, true);
    }
}
