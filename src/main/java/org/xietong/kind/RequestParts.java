package org.xietong.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.record.Done;
import org.xietong.record.Lifecycle;

/** The lifecycle of a request, and what its addressee answers. */
final class RequestParts {
    static final int MOST_REPLIES = 20;

    /** Acts that answer, by what they come to. */
    static final Map<String, String> REPLIES =
            Map.of("answer", "ANSWERED", "answer-in-part", "ANSWERED_IN_PART", "refuse", "REFUSED");

    /** Those of them that supply something. */
    static final Set<String> ANSWERS = Set.of("answer", "answer-in-part");

    /** A draft shows to nobody but its owner. */
    static final Lifecycle LIFECYCLE = Lifecycle.of(
                    "DRAFT",
                    Act.of("send", "SENT", "DRAFT")
                            .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                            .answeredBy("receive"),
                    Act.of("receive", "RECEIVED", "SENT").byAddressee(),
                    Act.of("answer", "ANSWERED", "RECEIVED", "PARTLY_ANSWERED")
                            .byAddressee()
                            .needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                    Act.of("answer-in-part", "PARTLY_ANSWERED", "RECEIVED", "PARTLY_ANSWERED")
                            .byAddressee()
                            .needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                    Act.of("refuse", "REFUSED", "RECEIVED")
                            .byAddressee()
                            .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                            .reason("request-refusals"),
                    Act.of("ask", "RECEIVED", "PARTLY_ANSWERED").needs(Need.TEXT),
                    Act.of("withdraw", "WITHDRAWN", "SENT", "RECEIVED").needs(Need.TEXT))
            .stages(Map.of(
                    "UNSENT",
                    Set.of("DRAFT"),
                    "SENT",
                    Set.of("SENT", "RECEIVED", "ANSWERED", "PARTLY_ANSWERED", "REFUSED", "WITHDRAWN")));

    private RequestParts() {}

    /**
     * One reply, whole, in part, or a refusal 答复.
     *
     * @param outcome a code of {@code request-outcomes}
     * @param reason of a refusal, a code of {@code request-refusals}
     * @param records that it supplies, as far as the reader sees them himself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RequestReply(
            @ZhName("答复结果") @Code("request-outcomes") @Nullable
            String outcome,

            @ZhName("不予协助理由") @Code("request-refusals") @Nullable
            String reason,

            @ZhName("答复文号") @Size(max = 128) @Nullable String number,
            @ZhName("答复内容") @Size(max = 4_000) @Nullable String text,
            @ZhName("所提供的记录") @Size(max = 20) @Nullable List<UUID> records,
            @ZhName("答复日期") @Nullable LocalDate repliedOn) {
        RequestReply without(Set<UUID> unseen) {
            return new RequestReply(outcome, reason, number, text, RequestParts.without(records, unseen), repliedOn);
        }
    }

    /** The reply that the act gives, where it is one. */
    static Optional<RequestReply> of(Done done) {
        String outcome = REPLIES.get(done.act().name());
        return Optional.ofNullable(outcome)
                .map(code -> new RequestReply(
                        code,
                        done.reasonCode(),
                        done.documentNumber(),
                        done.note(),
                        done.supplied().isEmpty() ? null : done.supplied(),
                        done.on()));
    }

    /** None left looks like none named. */
    static @Nullable List<UUID> without(@Nullable List<UUID> records, Set<UUID> unseen) {
        if (records == null) {
            return null;
        }
        List<UUID> left =
                records.stream().filter(record -> !unseen.contains(record)).toList();
        return left.isEmpty() ? null : left;
    }
}
