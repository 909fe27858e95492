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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.kind.RequestParts.RequestReply;
import org.xietong.matter.Occurred;
import org.xietong.matter.Participant;
import org.xietong.policy.Shown;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.ByAct;
import org.xietong.record.Content;
import org.xietong.record.Done;
import org.xietong.record.Lifecycle;

/**
 * A request between units of one matter 协作请求 (咸中法〔2021〕10号 art. 2, 互相配合): evidence, an appraisal, a file to inspect, support, an opinion of the procuratorate. It opens
 * nothing: who is asked sees the request, and of the records that it names those that he sees anyway; so does who reads the reply.
 *
 * @param type a code of {@code request-types}; never changes
 * @param facts what is asked for, and why
 * @param legalBasis what lets the owner ask
 * @param records in the owner's sight, that it is about
 * @param replyBy by when; the configured days of its type where it names none
 * @param addressee the one unit that was asked, as the act names it
 * @param asked what was missing in a part, the last time
 * @param replies of the unit that was asked, in their order; none is overwritten
 */
public record Request(
        @Shown(METADATA) @ZhName("请求类型") @NotNull @Code("request-types") @Nullable
        String type,

        @Shown(SUMMARY) @ZhName("请求事项") @NotBlank @Size(max = 200) @Nullable
        String title,

        @Shown(FULL) @ZhName("请求内容和理由") @NotBlank @Size(max = 20_000) @Nullable
        String facts,

        @Shown(FULL) @ZhName("请求依据") @Size(max = 500) @Nullable
        String legalBasis,

        @Shown(FULL) @ZhName("所涉记录") @Size(max = 20) @Nullable
        List<@NotNull UUID> records,

        @Shown(METADATA) @ZhName("要求答复日期") @Nullable LocalDate replyBy,

        @Shown(SUMMARY) @ZhName("被请求单位") @Size(max = 64) @ByAct @Nullable
        String addressee,

        @Shown(METADATA) @ZhName("发出日期") @ByAct @Nullable LocalDate sentOn,
        @Shown(METADATA) @ZhName("签收日期") @ByAct @Nullable LocalDate receivedOn,

        @Shown(FULL) @ZhName("要求补充的内容") @Size(max = 4_000) @ByAct @Nullable
        String asked,

        @Shown(METADATA) @ZhName("要求补充日期") @ByAct @Nullable LocalDate askedOn,

        @Shown(SUMMARY) @ZhName("答复结果") @Code("request-outcomes") @ByAct @Nullable
        String outcome,

        @Shown(FULL) @ZhName("历次答复") @Size(max = 20) @ByAct @Nullable
        List<@NotNull @Valid RequestReply> replies,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    static final Lifecycle LIFECYCLE = RequestParts.LIFECYCLE;

    @Override
    public String kind() {
        return "request";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    /** The procuratorate alone is consulted, by the policy's rows. */
    @Override
    public Map<String, String> attributes() {
        return type == null ? Map.of() : Map.of("type", type, "asks", consults() ? "PROCURATORATE" : "UNITS");
    }

    private boolean consults() {
        return "CONSULTATION".equals(type);
    }

    /** The day that it names comes before the days of its type. */
    @Override
    public Map<String, String> clockFacts() {
        Map<String, String> facts = new HashMap<>(attributes());
        if (replyBy != null) {
            facts.put("replyBy", replyBy.toString());
        }
        return facts;
    }

    @Override
    public boolean asks() {
        return true;
    }

    /** Of two, each would wait for the other, and see what the other answered. */
    @Override
    public boolean liesWithOne(Act act) {
        return act.name().equals("send");
    }

    @Override
    public List<String> liesWith(List<String> addressees) {
        return addressee == null ? List.of() : List.of(addressee);
    }

    @Override
    public boolean isTurnOf(String unit) {
        return unit.equals(addressee);
    }

    /** Room is kept for the last word. */
    @Override
    public boolean allows(Act act) {
        return !act.name().equals("answer-in-part") || given().size() < RequestParts.MOST_REPLIES - 1;
    }

    @Override
    public boolean supplies(Act act) {
        return RequestParts.ANSWERS.contains(act.name());
    }

    @Override
    public Map<String, UUID> names() {
        Map<String, UUID> names = new LinkedHashMap<>();
        name(names, "/records", records);
        for (int i = 0; i < given().size(); i++) {
            name(names, "/replies/" + i + "/records", given().get(i).records());
        }
        return names;
    }

    private static void name(Map<String, UUID> names, String pointer, @Nullable List<UUID> records) {
        for (int i = 0; records != null && i < records.size(); i++) {
            names.put(pointer + "/" + i, records.get(i));
        }
    }

    @Override
    public Set<UUID> namedTo(String unit, String owner) {
        Set<UUID> named = new HashSet<>();
        if (!unit.equals(owner) && records != null) {
            named.addAll(records);
        }
        if (!unit.equals(addressee)) {
            given().stream().map(RequestReply::records).filter(Objects::nonNull).forEach(named::addAll);
        }
        return named;
    }

    @Override
    public Request without(Set<UUID> unseen, String unit, String owner) {
        List<UUID> left = unit.equals(owner) ? records : RequestParts.without(records, unseen);
        List<RequestReply> answers = replies == null || unit.equals(addressee)
                ? replies
                : replies.stream().map(reply -> reply.without(unseen)).toList();
        return with(left, replyBy, answers);
    }

    /** What was sent stands; asked for the rest, its owner may name another day. */
    @Override
    public List<FieldFault> changes(Content next, String state, Optional<Act> by) {
        if (state.equals(LIFECYCLE.initial()) || !(next instanceof Request changed)) {
            return List.of();
        }
        if (!changed.with(changed.records, replyBy, changed.replies).equals(this)) {
            return List.of(new FieldFault("", "READ_ONLY"));
        }
        if (Objects.equals(changed.replyBy, replyBy)) {
            return List.of();
        }
        if (by.filter(act -> act.name().equals("ask")).isEmpty()) {
            return List.of(new FieldFault("/replyBy", "READ_ONLY"));
        }
        return Days.inOrder("/replyBy", LocalDate.now(Occurred.ZONE), changed.replyBy);
    }

    @Override
    public Request after(Done done) {
        String act = done.act().name();
        boolean sends = act.equals("send");
        boolean asksAgain = act.equals("ask");
        boolean passed = asksAgain && replyBy != null && done.on() != null && replyBy.isBefore(done.on());
        return new Request(
                type,
                title,
                facts,
                legalBasis,
                records,
                passed ? null : replyBy,
                sends && !done.to().isEmpty() ? done.to().getFirst() : addressee,
                sends ? done.on() : sentOn,
                act.equals("receive") ? done.on() : receivedOn,
                asksAgain ? done.note() : asked,
                asksAgain ? done.on() : askedOn,
                act.equals("withdraw") ? "WITHDRAWN" : RequestParts.REPLIES.getOrDefault(act, outcome),
                RequestParts.of(done).map(this::and).orElse(replies),
                participants);
    }

    private List<RequestReply> and(RequestReply reply) {
        List<RequestReply> all = new ArrayList<>(given());
        all.add(reply);
        return List.copyOf(all);
    }

    private List<RequestReply> given() {
        return Objects.requireNonNullElse(replies, List.of());
    }

    private Request with(@Nullable List<UUID> named, @Nullable LocalDate by, @Nullable List<RequestReply> answers) {
        return new Request(
                type,
                title,
                facts,
                legalBasis,
                named,
                by,
                addressee,
                sentOn,
                receivedOn,
                asked,
                askedOn,
                outcome,
                answers,
                participants);
    }

    /** No day before it was sent, or asked for again, and none after a year; for a consultation the law has its days. */
    @Override
    public List<FieldFault> check(String state) {
        if (consults() && replyBy != null) {
            return List.of(new FieldFault("/replyBy", "NOT_ALLOWED"));
        }
        LocalDate from = askedOn == null ? sentOn : askedOn;
        List<FieldFault> faults = new ArrayList<>(Days.inOrder("/replyBy", from, replyBy));
        if (from != null && replyBy != null && replyBy.isAfter(from.plusYears(1))) {
            faults.add(new FieldFault("/replyBy", "MAX"));
        }
        return faults;
    }
}
