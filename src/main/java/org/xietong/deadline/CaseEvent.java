package org.xietong.deadline;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was done in a matter, as far as clocks need it: ids, codes and days, nothing of a content.
 *
 * @param record that the act was taken on
 * @param version that it made: with the record, the event's identity
 * @param filing the criminal filing that the record is a stage of, or is, or that the act names; the record itself where there is none
 * @param attributes codes of the record's content that rules compare
 * @param act a code of {@code acts}, or {@code create}
 * @param state the record's after it
 * @param recorded when it was written down; unknown of what was recorded by a version that did not note it
 * @param owner the record's unit
 * @param addressees units that the record lies with after the act
 * @param participants whom the act concerned
 * @param sets milestones that it set for them, and {@code revokes} those that it took back
 */
public record CaseEvent(
        UUID matter,
        UUID record,
        int version,
        UUID filing,
        String kind,
        Map<String, String> attributes,
        String act,
        String state,
        Moment at,
        @Nullable Instant recorded,
        String owner,
        List<String> addressees,
        Set<UUID> participants,
        Set<String> sets,
        Set<String> revokes) {
    public CaseEvent {
        attributes = Map.copyOf(attributes);
        addressees = List.copyOf(addressees);
        participants = Set.copyOf(participants);
        sets = Set.copyOf(sets);
        revokes = Set.copyOf(revokes);
    }

    /** What becomes of a supervision that led to a filing, as an event of that filing. */
    public static final String ORDERED_FILING = "ordered-filing";

    /** The supervision names another filing from here on: an act of {@link #ORDERED_FILING}. */
    public static final String LEAVES = "leave";

    /** Orders, taken for one deadline. */
    public static final String ORDER_KIND = "deadline";

    /** Prompts to consider a transfer. */
    public static final String PROMPT_KIND = "prompt";

    /** The deadline that an order is about, an attribute of its event. */
    static final String ORDERED = "deadline";

    /** The code of the extension or variant that an order names. */
    static final String CODE = "code";

    /** The act of an officer's order that starts a deadline upon a record, and the attribute that names its rule. */
    static final String ORDERED_START = "start-by-order";

    static final String RULE = "rule";

    /** An attribute of what was registered as of the past. */
    public static final String PAST = "past";

    private static final String CUSTODY = "CUSTODY";

    /** The same as the order that starts a deadline by that rule; the number keeps orders upon one record apart. */
    CaseEvent starting(String rule, int number) {
        Map<String, String> named = new HashMap<>(attributes);
        named.put(RULE, rule);
        return new CaseEvent(
                matter,
                record,
                number,
                filing,
                kind,
                named,
                ORDERED_START,
                state,
                at,
                recorded,
                owner,
                addressees,
                participants,
                sets,
                revokes);
    }

    /** Whether it is of a record that led to the filing, and ends nothing that another led to. */
    boolean isOfOrigin() {
        return kind.equals(ORDERED_FILING);
    }

    /** Whether it says which filing it is about: what says nothing may be about each of the matter. */
    boolean namesFiling() {
        return kind.equals("filing") || !filing.equals(record);
    }

    /** Whether it was registered as of the past: it takes reasons away, and neither starts nor fulfils anything. */
    boolean isPast() {
        return attributes.containsKey(PAST);
    }

    /** Whether it takes those whom it concerns into custody. */
    boolean takes() {
        return sets.contains(CUSTODY);
    }

    boolean frees() {
        return revokes.contains(CUSTODY);
    }

    boolean orders(String what, UUID deadline) {
        return kind.equals(ORDER_KIND)
                && act.equals(what)
                && deadline.toString().equals(attributes.get(ORDERED));
    }

    @Nullable
    String code() {
        return attributes.get(CODE);
    }
}
