package org.xietong.record;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.matter.Participant;
import org.xietong.matter.Participants;
import org.xietong.problem.FieldFault;
import org.xietong.threshold.Suspected;

/**
 * The typed content of a record; each kind is one Java record in {@code kind}. Its components carry {@code @Shown},
 * {@code @ZhName} and their constraints, and may all be null: a redacted view is the same type with what is hidden left out. So
 * constructors check nothing; drafts are checked by {@link ContentReader} and {@link #check}.
 */
public interface Content {
    /** Codes of {@code participant-role}: against whom a criminal case is. */
    Set<String> ACCUSED = Set.of("SUSPECT", "DEFENDANT", "DIRECTLY_RESPONSIBLE");

    /** The code of {@code record-kinds}. */
    String kind();

    /** The states and acts of a record with this content. */
    Lifecycle lifecycle();

    /** Null in a copy that hides them, or where none were stated. */
    @Nullable
    List<Participant> participants();

    /** The same content with the participants' assigned ids, every reference to them resolved. */
    default Content withParticipants(Participants.Identified identified) {
        return Contents.identified(this, identified);
    }

    /** The form that is stored: numbers that pass their check in their normal form. */
    default Content normalised() {
        return Contents.normalised(this);
    }

    /** What the act itself decides in the content, e.g. {@code file} sets the decision FILED; in components {@code @ByAct}. */
    default Content after(Done done) {
        return this;
    }

    /**
     * The state that the act leaves, asked of the content {@link #after} it: an act that concerns participants one by one reaches
     * its state with the last of them.
     */
    default String stateAfter(Act act, String before) {
        return act.to();
    }

    /** The participants whom the act can concern as things stand. */
    default Set<UUID> open(Act act) {
        return Lookup.participants(this);
    }

    /** Of how many of the {@link #open} the act may be. */
    default Reach reach(Act act) {
        return Reach.ANY;
    }

    /** See {@link #reach}. */
    enum Reach {
        /** Those whom the request names, or all. */
        ANY,
        /** All or none: the act is of the whole case. */
        ALL,
        /** Not all: of the whole case there is another act. */
        SOME
    }

    /** The participants whom the act has concerned, as this content tells; of a backfilled record nothing else does. */
    default Set<UUID> reached(Act act) {
        return Lookup.participants(this);
    }

    /** Whether a record with this content is a stage of a criminal filing, which its draft then names. */
    default OfFiling ofFiling() {
        return OfFiling.NO;
    }

    /** See {@link #ofFiling}. */
    enum OfFiling {
        NO,
        MAY,
        MUST
    }

    /** The attributes that policy conditions may name, e.g. {@code filingType}; they never change. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /** Whom the days of its first registration run for: the accused where it names any, else everybody. */
    default Set<UUID> accused() {
        List<Participant> stated = participants();
        Set<UUID> accused = stated == null
                ? Set.of()
                : stated.stream()
                        .filter(each -> each.roles() != null && !Collections.disjoint(each.roles(), ACCUSED))
                        .map(Participant::id)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
        return accused.isEmpty() ? Lookup.participants(this) : accused;
    }

    /** Whether the act is possible as things stand, where the state alone does not tell: else 409 STATE_CONFLICT. */
    default boolean allows(Act act) {
        return true;
    }

    /** Whether the unit has taken an act that each unit takes once: else 409 STATE_CONFLICT. */
    default boolean hasDone(Act act, String unit) {
        return false;
    }

    /** Records of its owner in the same matter that it came of; another's, or none's, is no reference. */
    default Set<UUID> cameOf() {
        return Set.of();
    }

    /** Whom a case that is handed over is about, one by one. */
    default Set<UUID> toldOf() {
        return Set.of();
    }

    /**
     * Whether a record of the matter tells what became of the case that this one handed over: a private suit between the same people
     * does not.
     *
     * @param attributes of that record, {@code owner} its unit
     */
    default boolean isAnsweredBy(String kind, Map<String, String> attributes, String owner) {
        return false;
    }

    /** What was decided of each participant, by its code: what is told of a case one by one. Asked of redacted views. */
    default Map<UUID, String> outcomes() {
        return Map.of();
    }

    /** For whom the case has ended by this record: never filed, withdrawn, judged with effect, penalised. Asked of redacted views. */
    default Set<UUID> settled(String state) {
        return Set.of();
    }

    /** Whether it ends the case for everybody whom it concerns, whoever they are. Asked of redacted views. */
    default boolean settlesAll(String state) {
        return false;
    }

    /** Where goods that were handed over stand: a code of {@code goods-states}; null where there are none, or a view hides it. */
    default @Nullable String goodsState() {
        return null;
    }

    /** Whether the act tells the owner what became of what he handed over 反馈; the service then draws it up. */
    default boolean reports(Act act) {
        return false;
    }

    /**
     * The content once that was told.
     *
     * @param complete whether nothing is left to be told
     */
    default Content reported(boolean complete) {
        return this;
    }

    /**
     * Acts that the records which it {@link #cameOf} take with this one, asked of the content after it; what is not possible there is left out.
     *
     * @param state after the act
     */
    default List<Carried> carries(Act act, String state) {
        return List.of();
    }

    /** An act of another record that goes along with one of this. */
    record Carried(String kind, String act) {}

    /** The act that goes along when a packet of the record leaves the system, or its recipient answers; none where nothing does. */
    default Optional<String> goesAlong(Outward moment) {
        return Optional.empty();
    }

    /** See {@link #goesAlong}. */
    enum Outward {
        SENT,
        RECEIVED,
        RETURNED
    }

    /**
     * The act by which another unit signs what leaves the system: an attachment that was stored after it does not go along. None
     * where the owner alone decides.
     */
    default Optional<String> agreedBy() {
        return Optional.empty();
    }

    /**
     * Whether a packet of the record may leave the system in this state, or be fetched in it: else 409 STATE_CONFLICT. What is not decided
     * yet, or was taken back, stays inside.
     */
    default boolean mayLeave(String state) {
        return true;
    }

    /**
     * The record of whomever that it is about, by the field that names it. Its owner must see it in full, by no grant; what he does
     * not see so is no reference. It takes its owner into its matter.
     */
    default Map<String, Reference> restsOnOthers() {
        return Map.of();
    }

    /** See {@link #restsOnOthers}. */
    record Reference(String kind, UUID id) {}

    /** What record of his own the actor may name, that the act rests on; none where the act takes none. */
    default Optional<Rest> restsOn(Act act) {
        return Optional.empty();
    }

    /**
     * See {@link #restsOn}.
     *
     * @param attributes that the record has
     * @param states in which the record shows that what the act says was done
     * @param required whether nothing but the record shows it
     */
    record Rest(String kind, Map<String, String> attributes, Set<String> states, boolean required) {
        boolean fits(RecordRow row) {
            return states.contains(row.state()) && row.attributes().entrySet().containsAll(attributes.entrySet());
        }
    }

    /**
     * The criminal filing of its matter that the act was about, of a record that is neither one nor a stage of one: clocks that run for
     * each filing follow it. None where nobody said; then it is about every filing of the matter.
     *
     * @param done an act upon it, after which this is the content
     */
    default @Nullable UUID filing(Done done) {
        return null;
    }

    /** The criminal filing that was made as it ordered 监督立案, in whichever matter; none where there is none yet. */
    default @Nullable UUID orderedFiling() {
        return null;
    }

    /** The day on which an act was taken that brought a record of the past to its state, where the content says it. */
    default @Nullable LocalDate on(Act act) {
        return null;
    }

    /** Whether the act hands the record to one unit only. */
    default boolean liesWithOne(Act act) {
        return act.copied();
    }

    /** Whether the act hands the record to nobody but the unit that owns its filing. */
    default boolean goesToOwnerOfFiling(Act act) {
        return false;
    }

    /** Whether in this state it names what it {@link #cameOf} for good. */
    default boolean keepsOrigin(String state) {
        return false;
    }

    /**
     * Whether it asks something of a unit of the matter, and hands nothing over: an act alone addresses it, in a matter that stands, and
     * who is asked is in the matter for no other record's sake. He sees what asks him, and is sender, addressee and member of nothing else.
     */
    default boolean asks() {
        return false;
    }

    /** Records of whomever that it names, by pointer from the content. Who writes one there sees it; any other fails like none. */
    default Map<String, UUID> names() {
        return Map.of();
    }

    /** Whether the act names records that it supplies. */
    default boolean supplies(Act act) {
        return false;
    }

    /** Those that it names to a reader of that unit, but what his own unit wrote there: of them he is shown what he sees himself (I4). */
    default Set<UUID> namedTo(String unit, String owner) {
        return Set.of();
    }

    /** The same content for that reader, who sees none of these. */
    default Content without(Set<UUID> unseen, String unit, String owner) {
        return this;
    }

    /**
     * What the owner may not change any more, where the state says so: faults with pointers from the content.
     *
     * @param next with what acts have decided in place
     * @param by the act that it comes with; none where it is an amendment
     */
    default List<FieldFault> changes(Content next, String state, Optional<Act> by) {
        return List.of();
    }

    /**
     * Which of the papers that it names its owner may not change any more, where the state says so: faults with pointers from the content.
     *
     * @param held attachments of the record that are there, or were and are erased
     */
    default List<FieldFault> keeps(Content next, String state, Set<UUID> held) {
        return List.of();
    }

    /** Attachments of the record that an act which needs papers finds there. */
    default Set<UUID> attachmentsNeeded() {
        return Set.of();
    }

    /** What criminal thresholds measure, of a kind from which a transfer is considered. */
    default Optional<Suspected> suspected(String state) {
        return Optional.empty();
    }

    /** Whether it is a transfer to the police, which answers its owner's prompts to consider one. */
    default boolean answersPrompts() {
        return false;
    }

    /** The codes that rules about time compare: {@link #attributes}, and what else of a content decides which clock runs. */
    default Map<String, String> clockFacts() {
        return attributes();
    }

    /** The day on which what it records began, where the time of law runs from it and not from its registration. */
    default @Nullable LocalDate begunOn() {
        return null;
    }

    /** The units that it lies with for an answer; those addressed where the content does not say. */
    default List<String> liesWith(List<String> addressees) {
        return addressees;
    }

    /** Whether an act that is not the owner's is this unit's to take, as far as the content tells: who passed it on has no say. */
    default boolean isTurnOf(String unit) {
        return true;
    }

    /**
     * Faults between fields, and between fields and the state, that no constraint and no reference can tell. Pointers start at the
     * content.
     */
    List<FieldFault> check(String state);
}
