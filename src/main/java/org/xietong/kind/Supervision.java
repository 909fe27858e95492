package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

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
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.kind.SupervisionParts.SupervisionDocument;
import org.xietong.matter.Participant;
import org.xietong.policy.Shown;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.ByAct;
import org.xietong.record.Content;
import org.xietong.record.Done;
import org.xietong.record.Lifecycle;

/**
 * Supervision 法律监督 by the procuratorate (咸中法〔2021〕10号 art. 3, 7; 人民检察院刑事诉讼规则 art. 256, 557–567): out of sight until it is served.
 * Early participation that the police ask for is theirs to open.
 *
 * @param type a code of {@code supervision-types}; never changes
 * @param target what is supervised, in words
 * @param document a code of {@code supervision-documents}; the paper that is served
 * @param transfer whose case was not filed, of whichever sender: who complained of it learns how the supervision stands
 * @param reason a code of {@code early-participation-reasons}; recorded, and no gate: art. 7 asks for a need, no more
 * @param dueOn when the reply is due by the paper; where the law has a time of its own, that runs beside it
 * @param reply the last one of the unit supervised
 * @param ledTo the record of the unit supervised that it led to: a filing, a withdrawn one, a penalty, a transfer
 * @param notice what who asked for the supervision is told (人民检察院刑事诉讼规则 art. 561)
 */
public record Supervision(
        @Shown(METADATA) @ZhName("监督类型") @NotNull @Code("supervision-types") @Nullable
        String type,

        @Shown(SUMMARY) @ZhName("监督对象") @NotBlank @Size(max = 200) @Nullable
        String target,

        @Shown(SUMMARY) @ZhName("监督文书") @Code("supervision-documents") @Nullable
        String document,

        @Shown(SUMMARY) @ZhName("来源移送") @Nullable UUID transfer,

        @Shown(SUMMARY) @ZhName("介入理由") @Code("early-participation-reasons") @Nullable
        String reason,

        @Shown(FULL) @ZhName("监督事由") @NotBlank @Size(max = 20_000) @Nullable
        String facts,

        @Shown(METADATA) @ZhName("启动日期") @NotNull @Nullable LocalDate requestedOn,
        @Shown(METADATA) @ZhName("送达日期") @ByAct @Nullable LocalDate servedOn,
        @Shown(METADATA) @ZhName("答复期限") @Nullable LocalDate dueOn,

        @Shown(FULL) @ZhName("答复内容") @Size(max = 4_000) @ByAct @Nullable
        String reply,

        @Shown(FULL) @ZhName("答复日期") @ByAct @Nullable LocalDate repliedOn,

        @Shown(FULL) @ZhName("文书清单") @Size(max = 100) @ByAct @Nullable
        List<@NotNull @Valid SupervisionDocument> documents,

        @Shown(SUMMARY) @ZhName("监督结果") @Code("supervision-results") @ByAct @Nullable
        String result,

        @Shown(FULL) @ZhName("促成的记录") @ByAct @Nullable UUID ledTo,

        @Shown(SUMMARY) @ZhName("告知内容") @Size(max = 4_000) @ByAct @Nullable
        String notice,

        @Shown(SUMMARY) @ZhName("告知日期") @ByAct @Nullable LocalDate informedOn,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    private static final Set<String> EARLY = Set.of("EARLY_PARTICIPATION", "EARLY_PARTICIPATION_REQUEST");
    private static final Set<String> OF_TRANSFER = Set.of("FILING", "WRONG_FILING", "NON_TRANSFER");
    private static final Set<String> HANDS_OVER = Set.of("serve", "request", "assign");
    private static final Set<String> REPLIES = Set.of("answer", "comply", "follow-up");
    private static final int MOST_DOCUMENTS = 50;
    private static final Map<String, String> CRIMINAL = Map.of("filingType", FilingType.CRIMINAL.name());
    private static final Map<String, Rest> LEADS_TO = Map.of(
            "FILING",
            new Rest("filing", CRIMINAL, Set.of("FILED", "CONCLUDED", "WITHDRAWN"), true),
            "WRONG_FILING",
            new Rest("filing", CRIMINAL, Set.of("WITHDRAWN"), false),
            "REVERSE_TRANSFER",
            new Rest(
                    "penalty",
                    Map.of(),
                    Set.of("DECIDED", "SERVED", "PERFORMED", "ENFORCEMENT_REQUESTED", "CLOSED"),
                    false),
            "NON_TRANSFER",
            new Rest(
                    "transfer",
                    Map.of(),
                    Set.of("DISPATCHED", "RECEIVED", "PAPERS_ASKED", "DECIDED", "RECONSIDERING"),
                    false));

    @Override
    public String kind() {
        return "supervision";
    }

    @Override
    public Lifecycle lifecycle() {
        return SupervisionLifecycles.of(type);
    }

    @Override
    public Map<String, String> attributes() {
        return type == null ? Map.of() : Map.of("type", type);
    }

    /** Which paper was served decides which time runs. */
    @Override
    public Map<String, String> clockFacts() {
        Map<String, String> facts = new HashMap<>(attributes());
        if (document != null) {
            facts.put("document", document);
        }
        if (dueOn != null) {
            facts.put("dueOn", dueOn.toString());
        }
        return facts;
    }

    /** Of a case that was not prosecuted the ten days run from when the administrative division had it. */
    @Override
    public @Nullable LocalDate begunOn() {
        return "REVERSE_TRANSFER".equals(type) ? requestedOn : null;
    }

    @Override
    public OfFiling ofFiling() {
        return participatesEarly() ? OfFiling.MUST : OfFiling.MAY;
    }

    private boolean participatesEarly() {
        return type != null && EARLY.contains(type);
    }

    @Override
    public Map<String, Reference> restsOnOthers() {
        return transfer == null ? Map.of() : Map.of("transfer", new Reference("transfer", transfer));
    }

    /** A notice is one unit's: of two, each would wait for the other, and see what became of it there. */
    @Override
    public boolean liesWithOne(Act act) {
        return HANDS_OVER.contains(act.name());
    }

    /** Whose investigation is attended is told of it, and nobody else. */
    @Override
    public boolean goesToOwnerOfFiling(Act act) {
        return participatesEarly() && act.name().equals("assign");
    }

    @Override
    public Optional<Rest> restsOn(Act act) {
        return act.name().equals("comply") && type != null ? Optional.ofNullable(LEADS_TO.get(type)) : Optional.empty();
    }

    @Override
    public @Nullable UUID orderedFiling() {
        return "FILING".equals(type) ? ledTo : null;
    }

    @Override
    public boolean allows(Act act) {
        boolean full = documents != null && documents.size() >= MOST_DOCUMENTS;
        return switch (act.name()) {
            case "inform" -> informedOn == null;
            case "order", "correct", "remind" -> !full;
            default -> true;
        };
    }

    @Override
    public Supervision after(Done done) {
        String act = done.act().name();
        boolean serves = HANDS_OVER.contains(act) && servedOn == null;
        boolean replies = REPLIES.contains(act);
        boolean informs = act.equals("inform");
        return new Supervision(
                type,
                target,
                document,
                transfer,
                reason,
                facts,
                requestedOn,
                serves ? done.on() : servedOn,
                dueOn,
                replies && done.note() != null ? done.note() : reply,
                replies ? done.on() : repliedOn,
                SupervisionParts.of(type, document, done).map(this::with).orElse(documents),
                decided(act),
                act.equals("comply") && done.record() != null ? done.record() : ledTo,
                informs ? done.note() : notice,
                informs ? done.on() : informedOn,
                participants);
    }

    private List<SupervisionDocument> with(SupervisionDocument more) {
        List<SupervisionDocument> all = new ArrayList<>(Objects.requireNonNullElse(documents, List.of()));
        all.add(more);
        return List.copyOf(all);
    }

    private @Nullable String decided(String act) {
        return switch (act) {
            case "accept" -> "REASON_ACCEPTED";
            case "order" -> "ORDERED";
            case "correct" -> "CORRECTION_DEMANDED";
            case "uphold" -> "ORDER_UPHELD";
            case "reverse" -> "ORDER_REVOKED";
            case "comply" -> "COMPLIED";
            case "escalate" -> "ESCALATED";
            case "end-review" -> "REVIEW_ENDED";
            case "decline" -> "DECLINED";
            default -> result;
        };
    }

    /** A clock runs by the day that the paper names: once it is served, no amendment moves it. */
    @Override
    public List<FieldFault> changes(Content next, String state, Optional<Act> by) {
        return servedOn != null && next instanceof Supervision changed && !Objects.equals(dueOn, changed.dueOn)
                ? List.of(new FieldFault("/dueOn", "READ_ONLY"))
                : List.of();
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>(Days.inOrder("/dueOn", requestedOn, dueOn));
        faults.addAll(Days.notAfterToday("/requestedOn", requestedOn));
        if (participatesEarly() && (participants == null || participants.isEmpty())) {
            faults.add(new FieldFault("/participants", "REQUIRED"));
        }
        if (participatesEarly() && reason == null) {
            faults.add(new FieldFault("/reason", "REQUIRED"));
        }
        if (!participatesEarly() && reason != null) {
            faults.add(new FieldFault("/reason", "NOT_ALLOWED"));
        }
        if (document != null && !SupervisionParts.fits(type, document)) {
            faults.add(new FieldFault("/document", "NOT_ALLOWED"));
        }
        if (transfer != null && type != null && !OF_TRANSFER.contains(type)) {
            faults.add(new FieldFault("/transfer", "NOT_ALLOWED"));
        }
        return faults;
    }
}
