package org.xietong.app.story;

import static org.xietong.app.story.CompositeCase.COURT;
import static org.xietong.app.story.CompositeCase.HIGHER_COURT;
import static org.xietong.app.story.CompositeCase.HIGHER_PROC;
import static org.xietong.app.story.CompositeCase.MSA;
import static org.xietong.app.story.CompositeCase.POLICE;
import static org.xietong.app.story.CompositeCase.PROC;

import java.util.List;

/**
 * The composite case from the trial to its end: the first suspect through two instances to a fine by instalments, the second from
 * non-prosecution to an administrative penalty and the reply to the procuratorate, with the days of Haishu (10-27, 12-15).
 */
final class CompositeEnd {
    private static final String FIRST_INSTANCE = "（2021）鄂1202刑初118号";
    private static final String SECOND_INSTANCE = "（2021）鄂12刑终96号";

    private final Stage stage;
    private final Steps steps;
    private final Suspects suspects;

    CompositeEnd(Stage stage, CompositeCase begun) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.suspects = begun.suspects();
    }

    void play() {
        sentUp(trial());
        appeal();
        enforcement();
        reverseTransfer();
    }

    private String trial() {
        String judgment = judgment(
                COURT,
                content("FIRST", "咸宁市咸安区人民法院", FIRST_INSTANCE, "", "CONVICTED"),
                "咸安区法院受理一审",
                "The district court takes the case in first instance");
        steps.act(COURT, judgment, "hear", Steps.on("2021-11-16"), "开庭审理", "Heard");
        steps.act(COURT, judgment, "pronounce", Steps.on("2021-12-03"), "2021-12-03 一审宣判", "Pronounced");
        stage.showSight("一审判决", "the judgment of first instance", COURT, judgment);
        steps.act(
                COURT,
                judgment,
                "appeal",
                ("\"noStateSecret\": true, %s, \"content\": {%s, \"appealBy\": [\"DEFENDANT\"],"
                                + " \"participants\": [%s]}")
                        .formatted(
                                Steps.on("2021-12-10"),
                                content("FIRST", "咸宁市咸安区人民法院", FIRST_INSTANCE, "", "CONVICTED"),
                                suspects.first().stated()),
                "2021-12-10 被告人上诉",
                "The defendant appeals");
        return judgment;
    }

    private void sentUp(String judgment) {
        steps.act(
                COURT,
                judgment,
                "forward",
                "\"addressees\": [\"%s\", \"%s\"], %s".formatted(HIGHER_COURT, HIGHER_PROC, Steps.on("2021-12-13")),
                "2021-12-13 上诉案卷移送咸宁市中级人民法院，并告知市检察院：二审单位由此看见上诉人的案卷",
                "The case is sent up: the court and the procuratorate of second instance see what is the appellant's from now on");
        stage.showSight("第一、二人的立案", "the filing of the first and the second", POLICE, suspects.filing());
    }

    private void appeal() {
        String judgment = judgment(
                HIGHER_COURT,
                content("SECOND", "咸宁市中级人民法院", SECOND_INSTANCE, "\"against\": \"" + FIRST_INSTANCE + "\",", "UPHELD"),
                "咸宁市中级人民法院受理二审",
                "The intermediate court takes the case in second instance");
        steps.act(HIGHER_COURT, judgment, "hear", Steps.on("2022-01-18"), "二审开庭", "Heard");
        steps.act(
                HIGHER_COURT,
                judgment,
                "pronounce",
                Steps.on("2022-02-10"),
                "2022-02-10 二审裁定：维持原判",
                "Pronounced: upheld");
        steps.act(
                HIGHER_COURT,
                judgment,
                "effect",
                Steps.on("2022-02-14"),
                "2022-02-14 裁定生效：移送单位和区检察院、区法院可见全文，区公安机关和市级行政机关可见摘要",
                "In effect: in full to who sent the case and to the district's procuratorate and court; a summary to its police and"
                        + " to the city's administrative agencies");
        stage.showSight("二审裁定", "the ruling of second instance", HIGHER_COURT, judgment);
    }

    private void enforcement() {
        String path = steps.made(
                COURT,
                "/v1/enforcements",
                suspects.stage(instalments("\"collected\": \"0\"", "", ""), List.of(suspects.first())),
                "罚金分两期执行",
                "The fine is enforced by two instalments");
        steps.act(
                COURT,
                path,
                "proceed",
                paid("20000", "2022-06-28", ""),
                "2022-06-28 缴纳第一期 2 万元",
                "First instalment paid");
        steps.act(
                COURT,
                path,
                "complete",
                paid("50000", "2022-06-28", "2022-12-29") + ", " + Steps.on("2022-12-29"),
                "2022-12-29 缴清，执行完毕",
                "Paid in full: complete");
        stage.showSight("执行", "the enforcement", COURT, path);
    }

    private String paid(String collected, String first, String second) {
        String due = instalments("\"collected\": \"" + collected + "\"", first, second);
        return "\"noStateSecret\": true, \"content\": {%s, \"participants\": [%s]}"
                .formatted(due, suspects.first().stated());
    }

    private String instalments(String collected, String first, String second) {
        String id = suspects.first().id();
        return """
                "caseClass": "CRIMINAL", "type": "FINE", "basisNumber": "%s", "caseNumber": "（2022）鄂1202执231号",
                "shares": [{"participant": "%s", "ordered": "50000", %s}],
                "instalments": [{"participant": "%s", "dueOn": "2022-06-30", %s "amount": "20000"},
                                {"participant": "%s", "dueOn": "2022-12-31", %s "amount": "30000"}]
                """.formatted(SECOND_INSTANCE, id, collected, id, paidOn(first), id, paidOn(second));
    }

    private static String paidOn(String day) {
        return day.isEmpty() ? "" : "\"paidOn\": \"" + day + "\",";
    }

    /** 行刑反向衔接: opinion, penalty, reply. */
    private void reverseTransfer() {
        String opinion = steps.made(
                PROC,
                "/v1/supervisions",
                suspects.stage(
                        "\"type\": \"REVERSE_TRANSFER\", \"target\": \"对被不起诉人给予行政处罚\", \"document\": \"OPINION\","
                                + " \"facts\": \"不起诉后需要给予行政处罚。\", \"requestedOn\": \"2021-10-27\","
                                + " \"dueOn\": \"2021-12-27\"",
                        List.of(suspects.second())),
                "检察院制作检察意见书：送达前他人看不见",
                "The procuratorate writes its opinion: out of sight before service");
        stage.showSight("检察意见", "the opinion", PROC, opinion);
        steps.act(
                PROC,
                opinion,
                "serve",
                "\"documentNumber\": \"咸安检意见〔2021〕3号\", \"addressees\": [\"%s\"], %s"
                        .formatted(MSA, Steps.on("2021-10-27")),
                "2021-10-27 检察意见书送达市场监督管理局",
                "The opinion is served");
        String penalty = penalty();
        steps.act(
                MSA,
                opinion,
                "answer",
                "\"note\": \"已作出行政处罚决定，书面回复。\", \"noStateSecret\": true, " + Steps.on("2021-12-15"),
                "市场监督管理局书面回复处理结果",
                "Market supervision replies in writing");
        steps.act(PROC, opinion, "accept", "", "检察院认可", "The procuratorate accepts the reply");
        stage.showSight("行政处罚", "the penalty", MSA, penalty);
        stage.showSight("第一、二人的立案", "the filing of the first and the second", POLICE, suspects.filing());
    }

    private String penalty() {
        String path = steps.made(
                MSA,
                "/v1/penalties",
                StoryBodies.penalty(""),
                "市场监督管理局立案调查（自立案件，不与刑事立案相连）",
                "Market supervision opens a case of its own, not tied to the criminal one");
        steps.act(MSA, path, "notify", "\"documentNumber\": \"咸安市监罚告〔2021〕9号\"", "处罚告知", "The party is notified");
        steps.act(
                MSA,
                path,
                "decide",
                "\"documentNumber\": \"咸安市监处罚〔2021〕9号\", " + StoryBodies.DECIDED,
                "2021-12-15 作出行政处罚决定",
                "The penalty is decided");
        return path;
    }

    private String judgment(String unit, String content, String zh, String en) {
        return steps.made(unit, "/v1/judgments", suspects.stage(content, List.of(suspects.first())), zh, en);
    }

    /** A combined sentence over one count; the fine stands beside it. An appeal is dismissed by a ruling (刑事诉讼法 art. 236). */
    private String content(String instance, String court, String number, String against, String outcome) {
        return """
                "caseClass": "CRIMINAL", "instance": "%s", "court": "%s", "caseNumber": "%s", %s
                "documentType": "%s", "results": [{"participant": "%s", "outcome": "%s", "months": 36,
                "probationMonths": 48, "fine": "50000", "counts": [{"charge": "CL_214", "months": 36, "fine": "50000"}]}]
                """.formatted(
                instance,
                court,
                number,
                against,
                instance.equals("FIRST") ? "JUDGMENT" : "RULING",
                suspects.first().id(),
                outcome).strip();
    }
}
