package org.xietong.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.record.Done;

/** The papers of a supervision: which may open it, by its type, and which one each act leaves. */
final class SupervisionParts {
    private static final String REASONS_FOR_SILENCE = "REASONS_FOR_SILENCE";
    private static final String OPINION = "OPINION";
    private static final String SUGGESTION = "SUGGESTION";
    private static final String CORRECTION = "CORRECTION";
    private static final Set<String> OF_CORRECTION = Set.of(CORRECTION, OPINION, SUGGESTION);
    private static final Map<String, Set<String>> SERVED_BY_TYPE = Map.of(
            "FILING", Set.of("REASONS_FOR_NOT_FILING", REASONS_FOR_SILENCE),
            "WRONG_FILING", Set.of("REASONS_FOR_FILING"),
            "NON_TRANSFER", Set.of(OPINION, SUGGESTION),
            "REVERSE_TRANSFER", Set.of(OPINION),
            "EARLY_PARTICIPATION", Set.of(),
            "EARLY_PARTICIPATION_REQUEST", Set.of());

    private SupervisionParts() {}

    /**
     * One paper of either side 监督文书.
     *
     * @param document a code of {@code supervision-documents}
     * @param issuedOn day of the act that it stands for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SupervisionDocument(
            @ZhName("文书种类") @Code("supervision-documents") @Nullable
            String document,

            @ZhName("文书文号") @Size(max = 128) @Nullable String number,
            @ZhName("文书日期") @Nullable LocalDate issuedOn) {}

    /** Whether the law has that paper open a supervision of that type. */
    static boolean fits(@Nullable String type, String document) {
        return type == null || SERVED_BY_TYPE.getOrDefault(type, OF_CORRECTION).contains(document);
    }

    /** The paper that the act leaves; an act without a number leaves none. */
    static Optional<SupervisionDocument> of(@Nullable String type, @Nullable String served, Done done) {
        String document = done.documentNumber() == null
                ? null
                : document(type, served, done.act().name());
        return Optional.ofNullable(document)
                .map(code -> new SupervisionDocument(code, done.documentNumber(), done.on()));
    }

    private static @Nullable String document(@Nullable String type, @Nullable String served, String act) {
        return switch (act) {
            case "serve" -> served;
            case "answer" -> "REPLY";
            case "order" -> ordered(type);
            case "correct" -> CORRECTION;
            case "remind" -> "REMINDER";
            case "comply" -> "DECISION";
            case "reconsider", "review" -> "OBJECTION";
            case "uphold", "reverse" -> "OBJECTION_DECIDED";
            case "inform" -> "NOTICE";
            case "escalate" -> "REPORT";
            case "end-review" -> "END_OF_REVIEW";
            case "request" -> "INVITATION";
            case "opine" -> "PARTICIPATION_OPINION";
            default -> null;
        };
    }

    private static String ordered(@Nullable String type) {
        return switch (type) {
            case "FILING" -> "ORDER_TO_FILE";
            case "WRONG_FILING" -> "ORDER_TO_WITHDRAW";
            case null, default -> CORRECTION;
        };
    }
}
