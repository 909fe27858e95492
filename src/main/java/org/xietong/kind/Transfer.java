package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.kind.TransferParts.GoodsHandover;
import org.xietong.kind.TransferParts.TransferApproval;
import org.xietong.kind.TransferParts.TransferDelivery;
import org.xietong.kind.TransferParts.TransferFeedback;
import org.xietong.matter.Goods;
import org.xietong.matter.OfStated;
import org.xietong.matter.Participant;
import org.xietong.policy.Shown;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.ByAct;
import org.xietong.record.Content;
import org.xietong.record.Done;
import org.xietong.record.Lifecycle;

/**
 * Transfer of a case 案件移送 (咸中法〔2021〕10号 art. 7; 国务院令310号; 公安机关办理刑事案件程序规定 art. 180–182): in writing, with its papers,
 * with a copy to the procuratorate, and an answer for each suspect. The system never decides that it is a crime (I10).
 *
 * @param direction a code of {@code transfer-directions}; never changes, as {@code rightType} does not
 * @param clue the sender's own record that it came of, a clue or a penalty
 * @param suspectedArticle a code of {@code crimes}; what is suspected, where it goes to the police
 * @param penaltyBasis the administrative rule that was broken, where it goes to an agency
 * @param investigators officers who investigated and report, at least two (国务院令310号 §5)
 * @param papers what goes with it
 * @param exhibits goods that are handed over once the case is filed
 */
public record Transfer(
        @Shown(METADATA) @ZhName("移送方向") @NotNull @Code("transfer-directions") @Nullable
        String direction,

        @Shown(METADATA) @ZhName("知识产权类型") @NotNull @Code("right-types") @Nullable
        String rightType,

        @Shown(SUMMARY) @ZhName("案件名称") @NotBlank @Size(max = 200) @Nullable
        String title,

        @Shown(FULL) @ZhName("案情") @NotBlank @Size(max = 20_000) @Nullable
        String facts,

        @Shown(SUMMARY) @ZhName("来源记录") @Nullable UUID clue,

        @Shown(SUMMARY) @ZhName("涉嫌罪名") @Code("crimes") @Nullable
        String suspectedArticle,

        @Shown(SUMMARY) @ZhName("行政违法依据") @Size(max = 500) @Nullable
        String penaltyBasis,

        @Shown(METADATA) @ZhName("报告日期") @NotNull @Nullable LocalDate reportedOn,

        @Shown(FULL) @ZhName("办案人员") @Size(max = 20) @Nullable
        List<@NotBlank @Size(max = 64) String> investigators,

        @Shown(SUMMARY) @ZhName("移送材料") @Size(max = 100) @Nullable
        List<@NotNull @Valid TransferPaper> papers,

        @Shown(FULL) @ZhName("涉案物品") @Size(max = 200) @Nullable
        List<@NotNull @Valid Exhibit> exhibits,

        @Shown(SUMMARY) @ZhName("移送的嫌疑人") @Size(max = 100) @Nullable
        List<@NotNull @Valid TransferSuspect> suspects,

        @Shown(SUMMARY) @ZhName("审批") @ByAct @Valid @Nullable
        TransferApproval approval,

        @Shown(SUMMARY) @ZhName("送达") @ByAct @Valid @Nullable
        TransferDelivery delivery,

        @Shown(SUMMARY) @ZhName("处理结果") @Code("transfer-outcomes") @ByAct @Nullable
        String outcome,

        @Shown(SUMMARY) @ZhName("物品移交") @ByAct @Valid @Nullable
        GoodsHandover goodsHandover,

        @Shown(SUMMARY) @ZhName("反馈") @ByAct @Valid @Nullable
        TransferFeedback feedback,

        @Shown(SUMMARY) @ZhName("建议立案监督日期") @ByAct @Nullable LocalDate complainedOn,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    private static final String FILED = "FILED";
    private static final String NOT_FILED = "NOT_FILED";
    private static final String UPHELD = "UPHELD";
    private static final String DROPPED = "DROPPED";
    private static final String AGENCY_TO_POLICE = "AGENCY_TO_POLICE";
    private static final Set<String> TO_POLICE = Set.of(AGENCY_TO_POLICE, "COURT_TO_POLICE");
    private static final Set<String> UNSENT = Set.of("REPORTED", "APPROVED", "DECLINED", "PREPARED");
    /** The first two are an agency's alone: other directions begin PREPARED. */
    private static final Set<String> STAYS = Set.of("REPORTED", "DECLINED", "RECALLED");

    /** Withdrawn, or still open against others. */
    private static final Rest DROPPED_CASE = new Rest(
            "filing",
            Map.of("filingType", FilingType.CRIMINAL.name()),
            Set.of("WITHDRAWN", "FILED", "CONCLUDED"),
            false);

    private static final TransferDelivery NOWHERE =
            new TransferDelivery(null, null, null, null, null, null, null, null, null);
    private static final GoodsHandover NOT_HANDED = new GoodsHandover(null, null, null, null);

    /**
     * One paper that goes with the case 移送材料; its stamped original stands in an attachment of the record.
     *
     * @param paper a code of {@code transfer-papers}
     * @param attachment of this record
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TransferPaper(
            @ZhName("材料种类") @NotNull @Code("transfer-papers") @Nullable
            String paper,

            @ZhName("材料附件") @NotNull @Nullable UUID attachment,

            @ZhName("材料文号") @Size(max = 128) @Nullable String number) {}

    /**
     * Goods and where they are kept until they are handed over 涉案物品 (国务院令310号 §6, §12).
     *
     * @param custody a code of {@code exhibit-custody}
     * @param payer who pays for storage and testing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exhibit(
            @ZhName("物品") @NotNull @Valid @Nullable Goods goods,

            @ZhName("保管情况") @NotNull @Code("exhibit-custody") @Nullable
            String custody,

            @ZhName("存放地点") @Size(max = 200) @Nullable String storedAt,

            @ZhName("费用承担") @Size(max = 200) @Nullable String payer) {}

    /**
     * One suspect, and what became of him.
     *
     * @param outcome a code of {@code transfer-outcomes}
     * @param reasonClass of a refusal, a code of {@code non-filing-reasons}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TransferSuspect(
            @Shown(SUMMARY) @ZhName("参与人标识") @NotNull @Size(max = 64) @Nullable
            String participant,

            @Shown(SUMMARY) @ZhName("处理结果") @Code("transfer-outcomes") @ByAct @Nullable
            String outcome,

            @Shown(SUMMARY) @ZhName("不予立案理由") @Code("non-filing-reasons") @ByAct @Nullable
            String reasonClass,

            @Shown(SUMMARY) @ZhName("决定文号") @Size(max = 128) @ByAct @Nullable
            String number,

            @Shown(SUMMARY) @ZhName("决定日期") @ByAct @Nullable LocalDate decidedOn)
            implements OfStated {
        private TransferSuspect decided(String newOutcome, Done done) {
            return new TransferSuspect(participant, newOutcome, done.reasonCode(), done.documentNumber(), done.on());
        }
    }

    @Override
    public String kind() {
        return "transfer";
    }

    @Override
    public Lifecycle lifecycle() {
        return AGENCY_TO_POLICE.equals(direction) ? TransferLifecycles.OF_AGENCY : TransferLifecycles.OTHER;
    }

    /** Copyright cases go to another agency than the rest, by the policy's rows. */
    @Override
    public Map<String, String> attributes() {
        return direction == null || rightType == null
                ? Map.of()
                : Map.of("direction", direction, "right", "COPYRIGHT".equals(rightType) ? "COPYRIGHT" : "OTHER");
    }

    /** Where there are no goods, or none any more, none are handed over; nor where nobody's case is filed. */
    @Override
    public Map<String, String> clockFacts() {
        Map<String, String> facts = new HashMap<>(attributes());
        boolean goods = exhibits != null && !exhibits.isEmpty() && goodsHandover == null;
        facts.put("exhibits", String.valueOf(goods));
        facts.put("filed", String.valueOf(has(FILED)));
        facts.put("complete", String.valueOf(feedback != null && feedback.isComplete()));
        return facts;
    }

    @Override
    public List<String> liesWith(List<String> addressees) {
        return delivery == null || delivery.handler() == null ? List.of() : List.of(delivery.handler());
    }

    /** 自接到报告之日起: the head's three days run from the report. */
    @Override
    public @Nullable LocalDate begunOn() {
        return reportedOn;
    }

    @Override
    public boolean isTurnOf(String unit) {
        return liesWith(List.of()).contains(unit);
    }

    @Override
    public boolean answersPrompts() {
        return direction != null && TO_POLICE.contains(direction);
    }

    @Override
    public Set<UUID> cameOf() {
        return clue == null ? Set.of() : Set.of(clue);
    }

    @Override
    public boolean keepsOrigin(String state) {
        return !UNSENT.contains(state);
    }

    /** An agency's goes to the police once its head has approved it (国务院令310号 §5); none once it was recalled. */
    @Override
    public boolean mayLeave(String state) {
        return !STAYS.contains(state);
    }

    @Override
    public Set<UUID> attachmentsNeeded() {
        return papers == null
                ? Set.of()
                : papers.stream()
                        .map(TransferPaper::attachment)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<UUID> toldOf() {
        return Each.where(suspects, suspect -> true);
    }

    @Override
    public boolean isAnsweredBy(String kind, Map<String, String> attributes, String owner) {
        if (!toPolice()) {
            return liesWith(List.of()).contains(owner)
                    && (kind.equals("penalty")
                            || kind.equals("filing") && "ADMINISTRATIVE".equals(attributes.get("filingType")));
        }
        return switch (kind) {
            case "arrest", "prosecution" -> true;
            case "filing" -> "CRIMINAL".equals(attributes.get("filingType"));
            case "judgment" -> "CRIMINAL".equals(attributes.get("caseClass"));
            default -> false;
        };
    }

    private boolean toPolice() {
        return direction != null && TO_POLICE.contains(direction);
    }

    @Override
    public boolean settlesAll(String state) {
        return nobodyNamed() && outcome != null && !FILED.equals(outcome);
    }

    @Override
    public Map<UUID, String> outcomes() {
        return Each.outcomes(suspects, TransferSuspect::outcome);
    }

    @Override
    public Set<UUID> settled(String state) {
        return Each.where(suspects, suspect -> suspect.outcome() != null && !FILED.equals(suspect.outcome()));
    }

    @Override
    public @Nullable String goodsState() {
        return GoodsHandover.state(goodsHandover, exhibits != null && !exhibits.isEmpty());
    }

    @Override
    public boolean reports(Act act) {
        return act.name().equals("feedback");
    }

    @Override
    public Transfer reported(boolean complete) {
        return told(feedback == null ? null : feedback.complete(complete), complainedOn);
    }

    /** The clue moves with its transfer; of what was never filed the written notice is the feedback. */
    @Override
    public List<Carried> carries(Act act, String state) {
        boolean decided = state.equals("DECIDED");
        return TransferLifecycles.ofClue(
                act.name(), decided, decided && !has(FILED), feedback != null && feedback.isComplete());
    }

    /** Who tells that the case was withdrawn may say which one. */
    @Override
    public Optional<Rest> restsOn(Act act) {
        return act.name().equals("drop") && toPolice() ? Optional.of(DROPPED_CASE) : Optional.empty();
    }

    @Override
    public @Nullable UUID filing(Done done) {
        return done.record();
    }

    @Override
    public boolean allows(Act act) {
        return switch (act.name()) {
            case "acknowledge" -> delivery != null;
            case "hand-over" -> goodsHandover == null && has(FILED);
            case "take-over" -> goodsHandover != null && goodsHandover.takenOn() == null;
            case "place" -> goodsHandover != null && goodsHandover.takenOn() != null;
            case "reconsider" -> has(NOT_FILED);
            case "drop" -> has(FILED);
            case "recall" -> !has(FILED);
            default -> true;
        };
    }

    /** Each procuratorate acknowledges its own copy. */
    @Override
    public boolean hasDone(Act act, String unit) {
        return act.name().equals("acknowledge")
                && delivery != null
                && delivery.acknowledgedBy() != null
                && delivery.acknowledgedBy().contains(unit);
    }

    private boolean has(String decided) {
        return nobodyNamed() ? decided.equals(outcome) : !of(decided).isEmpty();
    }

    private boolean nobodyNamed() {
        return suspects == null || suspects.isEmpty();
    }

    private Set<UUID> of(@Nullable String decided) {
        return Each.where(suspects, suspect -> Objects.equals(suspect.outcome(), decided));
    }

    @Override
    public Set<UUID> open(Act act) {
        return switch (act.name()) {
            case "file", "refuse" -> of(null);
            case "reconsider", "uphold", "reverse" -> of(NOT_FILED);
            case "drop" -> of(FILED);
            default -> Each.where(suspects, suspect -> true);
        };
    }

    @Override
    public Transfer after(Done done) {
        TransferDelivery at = Objects.requireNonNullElse(delivery, NOWHERE);
        GoodsHandover goods = Objects.requireNonNullElse(goodsHandover, NOT_HANDED);
        return switch (done.act().name()) {
            case "approve" -> approved(TransferApproval.of("APPROVED", done));
            case "decline" -> approved(TransferApproval.of("DECLINED", done));
            case "dispatch", "forward" -> delivered(at.sent(done));
            case "receive" -> delivered(at.received(done));
            case "ask" -> delivered(at.asked(done));
            case "complete" -> delivered(at.completed(done));
            case "acknowledge" -> delivered(at.acknowledged(done));
            case "file", "reverse" -> decided(done, FILED);
            case "refuse" -> decided(done, NOT_FILED);
            case "uphold" -> decided(done, UPHELD);
            case "drop" -> decided(done, DROPPED);
            case "hand-over" -> handed(GoodsHandover.handed(done));
            case "take-over" -> handed(goods.taken(done));
            case "place" -> handed(goods.placed(done));
            case "feedback" -> told(new TransferFeedback(done.on(), done.note(), null), complainedOn);
            case "complain" -> told(feedback, done.on());
            default -> this;
        };
    }

    /** Decided with the last suspect; as one case where none is named. */
    @Override
    public String stateAfter(Act act, String before) {
        boolean open = switch (act.name()) {
            case "file", "refuse" -> !nobodyNamed() && !of(null).isEmpty();
            case "uphold", "reverse" -> !of(NOT_FILED).isEmpty();
            default -> false;
        };
        return open ? before : act.to();
    }

    private Transfer decided(Done done, String decided) {
        List<TransferSuspect> each = Each.concerned(suspects, done, suspect -> suspect.decided(decided, done));
        boolean filed = decided.equals(FILED)
                || each != null && each.stream().anyMatch(suspect -> FILED.equals(suspect.outcome()));
        String whole = nobodyNamed() || !filed ? decided : FILED;
        return with(each, approval, delivery, whole, goodsHandover, feedback, complainedOn);
    }

    private Transfer approved(TransferApproval next) {
        return with(suspects, next, delivery, outcome, goodsHandover, feedback, complainedOn);
    }

    private Transfer delivered(TransferDelivery next) {
        return with(suspects, approval, next, outcome, goodsHandover, feedback, complainedOn);
    }

    private Transfer handed(GoodsHandover next) {
        return with(suspects, approval, delivery, outcome, next, feedback, complainedOn);
    }

    private Transfer told(@Nullable TransferFeedback said, @Nullable LocalDate complained) {
        return with(suspects, approval, delivery, outcome, goodsHandover, said, complained);
    }

    /** What drafts state stays; what acts decide is given. */
    private Transfer with(
            @Nullable List<TransferSuspect> each,
            @Nullable TransferApproval approved,
            @Nullable TransferDelivery delivered,
            @Nullable String decided,
            @Nullable GoodsHandover handed,
            @Nullable TransferFeedback said,
            @Nullable LocalDate complained) {
        return new Transfer(
                direction,
                rightType,
                title,
                facts,
                clue,
                suspectedArticle,
                penaltyBasis,
                reportedOn,
                investigators,
                papers,
                exhibits,
                each,
                approved,
                delivered,
                decided,
                handed,
                said,
                complained,
                participants);
    }

    /** In writing: papers that were sent stay as they were named, and more may follow; what never was there is no paper. */
    @Override
    public List<FieldFault> keeps(Content next, String state, Set<UUID> held) {
        if (UNSENT.contains(state) || papers == null || !(next instanceof Transfer changed)) {
            return List.of();
        }
        List<TransferPaper> left = changed.papers == null ? List.of() : changed.papers;
        return papers.stream()
                        .filter(paper -> held.contains(paper.attachment()))
                        .allMatch(left::contains)
                ? List.of()
                : List.of(new FieldFault("/papers", "READ_ONLY"));
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>(Days.notAfterToday("/reportedOn", reportedOn));
        boolean toPolice = toPolice();
        if (toPolice && suspectedArticle == null) {
            faults.add(new FieldFault("/suspectedArticle", "REQUIRED"));
        }
        if (direction != null && !toPolice && penaltyBasis == null) {
            faults.add(new FieldFault("/penaltyBasis", "REQUIRED"));
        }
        if (AGENCY_TO_POLICE.equals(direction)
                && (investigators == null || Set.copyOf(investigators).size() < 2)) {
            faults.add(new FieldFault("/investigators", "TWO_NEEDED"));
        }
        if (!UNSENT.contains(state)) {
            faults.addAll(missingPapers());
        }
        return faults;
    }

    /** 国务院令310号 §6: the letter, the report, the list of goods where there are any; test reports where there are. */
    private List<FieldFault> missingPapers() {
        Set<String> given = papers == null
                ? Set.of()
                : papers.stream()
                        .map(TransferPaper::paper)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
        List<FieldFault> faults = new ArrayList<>();
        if (!given.contains("TRANSFER_LETTER")) {
            faults.add(new FieldFault("/papers", "TRANSFER_LETTER_MISSING"));
        }
        if (!given.contains("INVESTIGATION_REPORT")) {
            faults.add(new FieldFault("/papers", "REPORT_MISSING"));
        }
        if (exhibits != null && !exhibits.isEmpty() && !given.contains("GOODS_LIST")) {
            faults.add(new FieldFault("/papers", "GOODS_LIST_MISSING"));
        }
        return faults;
    }
}
