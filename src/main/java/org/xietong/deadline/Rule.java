package org.xietong.deadline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.LegalBasis;

/**
 * A rule of law about time 期限规则, as {@code law/deadlines.yaml} states it (I10).
 *
 * @param id the rule's; several versions may share it, one in force on each day
 * @param nature whether it binds or allows
 * @param actor whose time it is
 * @param per of what one clock runs
 * @param limit none where the law says 立即 or 及时: then the days are shown, and nothing is overdue
 * @param dueBy the code of a content that, where it gives a day, is the last one in place of the limit, or, without one, the only one; a day on paper does not roll over
 * @param rolls whether a last day that is not worked gives way to the next working day
 * @param monthEnds whether months run from last day to last day
 * @param custody how custody bears on it
 * @param starts what sets it going, where something of {@code requires} was done in the matter before; {@code stops} fulfils it (nothing does where an order started it, but an order), {@code ends} takes its reason away; {@code restarts} begins it anew
 * @param unless what keeps it from starting, where it was done before: upon the same filing, where it counts for each
 * @param variants terms that stand in place of the first, by decision; {@code extensions} are added to it
 * @param escalation whom lateness reaches, and how long after the last day
 * @param audience who may learn of it, of those who see the record that started it in full; all of them where it does not say
 * @param byRecording whether it is fulfilled by the recording of the act that starts it: what it measures is how late the record came
 * @param option the switch of the configuration that bears on it, where the law leaves something open
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Rule(
        @ZhName("期限编号") String id,
        @ZhName("名称") String zh,
        @ZhName("英文名称") String en,
        @ZhName("期限性质") Nature nature,
        @ZhName("责任方") Actor actor,
        @ZhName("计算对象") Per per,
        @ZhName("期限") @Nullable Term limit,
        @ZhName("载明期限的字段") @Nullable String dueBy,
        @ZhName("遇节假日顺延") boolean rolls,
        @ZhName("按月末日计月") boolean monthEnds,
        @ZhName("羁押") @Nullable Custody custody,
        @ZhName("起算") List<Trigger> starts,
        @ZhName("起算前提") @Nullable List<Trigger> requires,
        @ZhName("不起算情形") @Nullable List<Trigger> unless,

        @ZhName("完成") @JsonInclude(JsonInclude.Include.ALWAYS)
        List<Trigger> stops,

        @ZhName("终止") @Nullable List<Trigger> ends,
        @ZhName("中止") @Nullable List<Trigger> suspends,
        @ZhName("恢复") @Nullable List<Trigger> resumes,
        @ZhName("重新计算") @Nullable List<Trigger> restarts,
        @ZhName("替代期限") @Nullable List<Variant> variants,
        @ZhName("延长") @Nullable List<Extension> extensions,
        @ZhName("逾期升级") @Nullable List<Escalation> escalation,
        @ZhName("法律依据") LegalBasis basis,
        @ZhName("生效日期") @Nullable LocalDate validFrom,
        @ZhName("失效日期") @Nullable LocalDate validTo,
        @ZhName("配置项") @Nullable Option option,
        @ZhName("可见范围") @Nullable Audience audience,
        @ZhName("以登记为完成") boolean byRecording,
        @ZhName("说明") @Nullable String note) {

    /** Whether it binds or allows. */
    public enum Nature {
        /** Who lets it pass is late. */
        DUTY,
        /** Who lets it pass has lost a right, and is not late. */
        RIGHT
    }

    /** Whose time it is. */
    public enum Actor {
        /** The unit that owns the record. */
        OWNER,
        /** The units that the record lies with. */
        ADDRESSEE
    }

    /** Of what one clock runs. */
    public enum Per {
        RECORD,
        /** A criminal filing, whichever of its stages the events are of; what names none reaches each of the matter. */
        FILING,
        /** A participant in a filing, or in a record that belongs to none. */
        PARTICIPANT,
        MATTER,
        /** What one unit has in a matter: what others do there is not its business, and must not show in its days. */
        UNIT,
        /** The act or order that starts it, each its own: several may run upon one record, and orders alone reach them. */
        ACT
    }

    /** How custody bears on a rule. */
    public enum Custody {
        /** Never rolls: it is the time in custody itself. */
        ALWAYS,
        /** Does not roll for who is held. */
        WHEN_HELD,
        /** Runs only for who is held at its start, and does not roll. */
        HELD_ONLY,
        /** Runs only for who is not held at its start. */
        FREE_ONLY
    }

    /** Who may learn of a deadline whose end tells of a record that others do not see. */
    public enum Audience {
        /** The units whose time it is. */
        ACTOR,
        /** They and the procuratorate. */
        SUPERVISOR,
        /** They, and the procuratorate once the last instant has passed; no order can keep it from passing. */
        SUPERVISOR_ONCE_LATE
    }

    /** What the configuration decides where the law is silent. */
    public enum Option {
        /** Whether the days of 国务院令310号 are calendar days (default) or working days. */
        ORDER_310,
        /** The period of 定期反馈. */
        FEEDBACK,
        /** How long a prompt to consider a transfer may stand before the procuratorate sees it; the law says 立即. */
        CONSIDER
    }

    /**
     * Acts of a kind.
     *
     * @param acts codes of {@code acts}; {@code create} is the record's first
     * @param where codes of its content
     * @param state the record's after the act: an act that concerns suspects one by one reaches it with the last of them
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Trigger(
            @ZhName("记录种类") String kind,
            @ZhName("办理动作") List<String> acts,
            @ZhName("条件") @Nullable Map<String, List<String>> where,
            @ZhName("办理后状态") @Nullable String state) {
        boolean matches(CaseEvent event) {
            return matches(event.kind(), event.act(), event.state(), event.attributes());
        }

        boolean matches(String ofKind, String act, String after, Map<String, String> attributes) {
            return kind.equals(ofKind)
                    && acts.contains(act)
                    && (state == null || state.equals(after))
                    && (where == null
                            || where.entrySet().stream()
                                    .allMatch(condition ->
                                            condition.getValue().contains(attributes.get(condition.getKey()))));
        }
    }

    /** Another term in place of the first, e.g. 流窜、多次、结伙作案 30日. */
    public record Variant(
            @ZhName("代码") String code,
            @ZhName("名称") String zh,
            @ZhName("英文名称") String en,
            @ZhName("期限") Term limit) {}

    /**
     * Time added by decision.
     *
     * @param most how often
     */
    public record Extension(
            @ZhName("代码") String code,
            @ZhName("名称") String zh,
            @ZhName("英文名称") String en,
            @ZhName("期限") Term limit,
            @ZhName("最多次数") int most) {}

    /** Who is told of lateness. */
    public record Escalation(
            @ZhName("逾期日数") int days, @ZhName("通知对象") Reach to) {}

    /** Whom an escalation reaches. */
    public enum Reach {
        ACTOR,
        /** 主要负责人. */
        HEAD,
        PROCURATORATE
    }

    /** The same with another term. */
    Rule lasting(Term term) {
        return new Rule(
                id,
                zh,
                en,
                nature,
                actor,
                per,
                term,
                dueBy,
                rolls,
                monthEnds,
                custody,
                starts,
                requires,
                unless,
                stops,
                ends,
                suspends,
                resumes,
                restarts,
                variants,
                extensions,
                escalation,
                basis,
                validFrom,
                validTo,
                option,
                audience,
                byRecording,
                note);
    }

    /** Whether it fulfils, ends or suspends by acts upon another kind than the one that started it. */
    boolean crossesKinds() {
        Set<String> started = kinds(starts);
        return Stream.of(stops, ends, suspends, resumes, restarts)
                .filter(Objects::nonNull)
                .anyMatch(triggers -> !started.containsAll(kinds(triggers)));
    }

    /** Whether no act of this service starts it, but an officer's order. */
    public boolean startsByOrder() {
        return starts.stream().anyMatch(start -> start.acts().contains(CaseEvent.ORDERED_START));
    }

    /** Whether an order may start it upon such a record. */
    public boolean mayStartUpon(String kind, Map<String, String> facts) {
        Map<String, String> ordered = new HashMap<>(facts);
        ordered.put(CaseEvent.RULE, id);
        return starts.stream().anyMatch(start -> start.matches(kind, CaseEvent.ORDERED_START, "", ordered));
    }

    private static Set<String> kinds(List<Trigger> triggers) {
        return triggers.stream().map(Trigger::kind).collect(Collectors.toSet());
    }

    boolean inForce(LocalDate day) {
        return (validFrom == null || !day.isBefore(validFrom)) && (validTo == null || !day.isAfter(validTo));
    }

    static boolean anyMatches(@Nullable List<Trigger> triggers, CaseEvent event) {
        return triggers != null && triggers.stream().anyMatch(trigger -> trigger.matches(event));
    }

    public Optional<Variant> variant(@Nullable String code) {
        return variants == null
                ? Optional.empty()
                : variants.stream().filter(each -> each.code().equals(code)).findFirst();
    }

    public Optional<Extension> extension(@Nullable String code) {
        return extensions == null
                ? Optional.empty()
                : extensions.stream().filter(each -> each.code().equals(code)).findFirst();
    }

    DayCounting.Way way(boolean held) {
        boolean strict =
                custody == Custody.ALWAYS || custody == Custody.HELD_ONLY || custody == Custody.WHEN_HELD && held;
        return new DayCounting.Way(rolls && !strict, monthEnds);
    }

    /** An order to start says which rule it means. */
    private boolean namesItself() {
        return starts.stream()
                .allMatch(start -> start.where() != null
                        && List.of(id).equals(start.where().get(CaseEvent.RULE)));
    }

    boolean concerns(boolean held) {
        return custody == Custody.HELD_ONLY ? held : custody != Custody.FREE_ONLY || !held;
    }

    /** Everything that it waits for. */
    List<Trigger> triggers() {
        return Stream.of(starts, requires, unless, stops, ends, suspends, resumes, restarts)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    /** What is wrong with it by itself; empty where nothing is. */
    Optional<String> fault() {
        if (id == null
                || zh == null
                || en == null
                || nature == null
                || actor == null
                || per == null
                || starts == null
                || stops == null) {
            return Optional.of("lacks a part");
        }
        if (basis == null || basis.law() == null || basis.article() == null || basis.verified() == null) {
            return Optional.of("lacks its basis");
        }
        if (validFrom != null && validTo != null && validTo.isBefore(validFrom)) {
            return Optional.of("ends before it begins");
        }
        if ((suspends == null) != (resumes == null)) {
            return Optional.of("can be suspended and not resumed, or the other way round");
        }
        if (limit == null && (rolls || variants != null || extensions != null && dueBy == null)) {
            return Optional.of("counts or extends a term that it does not have");
        }
        boolean ofPersons = custody != null && custody != Custody.ALWAYS;
        if (ofPersons && per != Per.PARTICIPANT) {
            return Optional.of("asks who is held, and does not count per participant");
        }
        if (startsByOrder() && (per != Per.ACT || actor != Actor.OWNER || !namesItself())) {
            return Optional.of("starts by an order, and does not count per act, for the owner, where {rule: [its id]}");
        }
        if (stops.isEmpty() != (startsByOrder() || byRecording)) {
            return Optional.of("has nothing that fulfils it, or more than the order or the recording");
        }
        Set<String> codes = new HashSet<>();
        Predicate<String> twice = code -> code == null || !codes.add(code);
        boolean repeats =
                variants != null && variants.stream().map(Variant::code).anyMatch(twice)
                        || extensions != null
                                && extensions.stream().map(Extension::code).anyMatch(twice);
        return repeats ? Optional.of("has a code twice") : Optional.empty();
    }
}
