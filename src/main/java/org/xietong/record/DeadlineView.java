package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.deadline.Deadline;
import org.xietong.deadline.DeadlineOrder;
import org.xietong.deadline.Rule;
import org.xietong.identifier.ZhName;
import org.xietong.label.LegalBasis;
import org.xietong.matter.Occurred;

/**
 * A statutory time limit as a reader sees it 期限.
 *
 * @param rule its id in {@code /v1/deadlines/rules}, named in {@code name} and {@code nameEn}
 * @param participant whom it is about, where the rule counts for each
 * @param actors units whose time it is
 * @param startedAt where the rule counts hours and the minute is known
 * @param startedRecordedAt when what started it was written down, and {@code endedRecordedAt} what ended it, whatever days that states
 * @param dueOn its last day in Shanghai
 * @param dueAt the first instant at which it is late
 * @param certain false where a year without its notice of holidays was counted by weekends alone
 * @param daysLeft from today to the last day; below zero once that has passed
 * @param escalatedTo whom its lateness has reached
 * @param orders upon it, in their order
 * @param endedOn when it was fulfilled, or its reason fell away
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadlineView(
        @ZhName("编号") UUID id,
        @ZhName("期限规则") String rule,
        @ZhName("名称") String name,
        @ZhName("英文名称") String nameEn,
        @ZhName("期限性质") Rule.Nature nature,
        @ZhName("期限状态") DeadlineState state,
        @ZhName("案件编号") UUID matterId,
        @ZhName("记录种类") String kind,
        @ZhName("记录编号") UUID recordId,
        @ZhName("参与人编号") @Nullable UUID participant,
        @ZhName("责任单位") List<String> actors,
        @ZhName("起算日期") LocalDate startedOn,
        @ZhName("起算时间") @Nullable OffsetDateTime startedAt,
        @ZhName("起算登记时间") @Nullable OffsetDateTime startedRecordedAt,
        @ZhName("期满日期") @Nullable LocalDate dueOn,
        @ZhName("期满时间") @Nullable OffsetDateTime dueAt,
        @ZhName("剩余日数") @Nullable Integer daysLeft,
        @ZhName("节假日安排已公布") boolean certain,
        @ZhName("已升级至") List<Rule.Reach> escalatedTo,
        @ZhName("结束日期") @Nullable LocalDate endedOn,
        @ZhName("结束登记时间") @Nullable OffsetDateTime endedRecordedAt,
        @ZhName("替代期限") @Nullable String variant,
        @ZhName("延长") List<String> extensions,
        @ZhName("期限命令") List<Ordered> orders,
        @ZhName("法律依据") LegalBasis basis) {

    /** What an officer decided of it, and the paper that it rests on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ordered(
            @ZhName("期限命令") DeadlineOrder order,
            @ZhName("期限代码") @Nullable String code,
            @ZhName("命令日期") LocalDate on,
            @ZhName("文号") String documentNumber,
            @ZhName("作出单位") String unit,
            @ZhName("命令登记时间") OffsetDateTime at) {}

    /** @param matter of the record that started it: what it led to may stand elsewhere */
    static DeadlineView of(Deadline deadline, Rule rule, UUID matter, String kind, List<Ordered> orders, Instant now) {
        ZoneId zone = Occurred.ZONE;
        LocalDate today = now.atZone(zone).toLocalDate();
        DeadlineState state = state(deadline, rule, now);
        boolean hours = rule.limit() != null && rule.limit().hours() > 0;
        return new DeadlineView(
                deadline.id(),
                deadline.rule(),
                rule.zh(),
                rule.en(),
                rule.nature(),
                state,
                matter,
                kind,
                deadline.record(),
                deadline.participant(),
                deadline.actors(),
                deadline.startedOn().day(),
                !hours || deadline.startedOn().instant() == null
                        ? null
                        : deadline.startedOn().instant().atZone(zone).toOffsetDateTime(),
                time(deadline.startedRecorded()),
                deadline.dueOn(),
                time(deadline.dueAt()),
                deadline.dueOn() == null || deadline.endedOn() != null
                        ? null
                        : (int) ChronoUnit.DAYS.between(today, deadline.dueOn()),
                deadline.certain(),
                state == DeadlineState.OVERDUE ? escalated(deadline, rule, today) : List.of(),
                deadline.endedOn() == null ? null : deadline.endedOn().day(),
                time(deadline.endedRecorded()),
                deadline.variant(),
                deadline.extensions(),
                orders,
                rule.basis());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atZone(Occurred.ZONE).toOffsetDateTime();
    }

    private static DeadlineState state(Deadline deadline, Rule rule, Instant now) {
        return switch (deadline.state()) {
            case SUSPENDED -> DeadlineState.SUSPENDED;
            case MET -> DeadlineState.MET;
            case MISSED -> DeadlineState.MISSED;
            case ENDED -> DeadlineState.ENDED;
            case NO_RULE -> DeadlineState.NO_RULE;
            case RUNNING -> {
                if (deadline.dueAt() == null) {
                    yield DeadlineState.PROMPT;
                }
                boolean passed = !now.isBefore(deadline.dueAt());
                yield !passed
                        ? DeadlineState.RUNNING
                        : rule.nature() == Rule.Nature.DUTY ? DeadlineState.OVERDUE : DeadlineState.EXPIRED;
            }
        };
    }

    private static List<Rule.Reach> escalated(Deadline deadline, Rule rule, LocalDate today) {
        if (rule.escalation() == null || deadline.dueOn() == null) {
            return List.of(Rule.Reach.ACTOR);
        }
        long late = ChronoUnit.DAYS.between(deadline.dueOn(), today);
        return rule.escalation().stream()
                .filter(each -> late >= each.days())
                .map(Rule.Escalation::to)
                .distinct()
                .toList();
    }
}
