package org.xietong.kind;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Milestone;
import org.xietong.matter.Competence;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.record.Lifecycle;

/** The two lifecycles of a filing, and the decision that each state stands for. */
final class FilingLifecycles {
    private static final String[] REVOKED =
            Competence.OF_INVESTIGATION.stream().map(Milestone::name).toArray(String[]::new);

    /**
     * By the police: 国务院令310号 §8–9; 公安机关办理刑事案件程序规定 art. 178–189. Whoever reported the crime 控告人 may ask for
     * reconsideration 复议 and then for a review 复核 by the police above (art. 179); the policy tells the two apart by the stage,
     * REVIEW while it is under review. A refusal, upheld or not, ends with a filing where the procuratorate orders one 通知立案
     * (刑事诉讼法 art. 113), and so does one that the police above reversed; a case that was sent and came back may still be
     * withdrawn.
     */
    static final Lifecycle CRIMINAL = Lifecycle.of(
                    "UNDER_REVIEW",
                    Act.of(
                                    "file",
                                    "FILED",
                                    "UNDER_REVIEW",
                                    "REFUSED",
                                    "RECONSIDERED",
                                    "UPHELD",
                                    "REVIEWING",
                                    "REVERSED",
                                    "FINAL")
                            .needs(Need.DOCUMENT_NUMBER)
                            .fields("charge", "filedOn")
                            .sets("FILED"),
                    Act.of("refuse", "REFUSED", "UNDER_REVIEW")
                            .needs(Need.DOCUMENT_NUMBER)
                            .fields("reason"),
                    Act.of("reconsider", "RECONSIDERED", "REFUSED"),
                    Act.of("uphold", "UPHELD", "RECONSIDERED").needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                    Act.of("review", "REVIEWING", "UPHELD")
                            .needs(Need.ADDRESSEES)
                            .answeredBy("reverse"),
                    Act.of("uphold", "FINAL", "REVIEWING").byAddressee().needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                    Act.of("reverse", "REVERSED", "REVIEWING").byAddressee().needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                    Act.of("withdraw", "WITHDRAWN", "FILED", "CONCLUDED")
                            .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                            .sets("WITHDRAWN")
                            .revokes(REVOKED),
                    discontinue("FILED"),
                    discontinue("CONCLUDED"),
                    Act.of("conclude", "CONCLUDED", "FILED"))
            .stages(Map.of(
                    "FIRST",
                    Set.of(
                            "UNDER_REVIEW",
                            "REFUSED",
                            "RECONSIDERED",
                            "UPHELD",
                            "REVERSED",
                            "FINAL",
                            "FILED",
                            "CONCLUDED",
                            "WITHDRAWN"),
                    "REVIEW",
                    Set.of("REVIEWING")));

    /** By an agency (行政处罚法 art. 54) or a court (民事诉讼法 art. 126). */
    static final Lifecycle OTHER = Lifecycle.of(
            "RECEIVED",
            Act.of("file", "FILED", "RECEIVED").fields("cause", "caseNumber", "filedOn"),
            Act.of("refuse", "REFUSED", "RECEIVED").fields("reason"),
            Act.of("close", "CLOSED", "FILED"));

    private FilingLifecycles() {}

    /** 终止侦查 of one suspect while the case goes on, or goes on elsewhere 另案处理. */
    private static Act discontinue(String state) {
        return Act.of("discontinue", state, state)
                .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                .sets("WITHDRAWN")
                .revokes(REVOKED);
    }

    /** The decision in force in a state; none before the first, and the refusal stands while it is reconsidered or reviewed. */
    static @Nullable String decision(String state) {
        return switch (state) {
            case "FILED", "CONCLUDED", "CLOSED" -> "FILED";
            case "REFUSED", "RECONSIDERED" -> "REFUSED";
            case "UPHELD", "REVIEWING" -> "UPHELD";
            case "FINAL" -> "REVIEW_UPHELD";
            case "REVERSED" -> "REVERSED";
            case "WITHDRAWN" -> "WITHDRAWN";
            default -> null;
        };
    }
}
