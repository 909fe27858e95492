package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.UUID;
import org.xietong.app.DemonstrationClock;
import org.xietong.matter.Occurred;

/**
 * Penalties above a criminal threshold: the agency is prompted to consider a transfer, and alone knows it while its days run. One prompt
 * is answered by a transfer; one by nobody, until it shows to the procuratorate.
 */
final class Prompting {
    private static final String MSA = CompositeCase.MSA;
    private static final String PROC = CompositeCase.PROC;
    /** Whole weeks, so that the last day falls on the weekday that it had; more than the prompt may stand, whatever holidays it rolls over. */
    private static final int DAYS = 28;

    private final Stage stage;
    private final Steps steps;
    private final DemonstrationClock clock;
    private String late = "";

    Prompting(Stage stage, DemonstrationClock clock) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.clock = clock;
    }

    void play() {
        answered();
        unanswered();
    }

    /** The id of the penalty whose prompt nobody answered in time. */
    String late() {
        return late;
    }

    private void answered() {
        JsonNode penalty = penalty("咸安市监案字〔2021〕21号", "市场监管登记行政处罚案件，违法所得三万元");
        String id = penalty.path("id").asText();
        JsonNode prompt = prompt(MSA, id);
        stage.line(prompt.path("notice").asText());
        stage.line(prompt.path("noticeEn").asText());
        stage.expect(
                "办案单位随即得到提示：" + prompt.at("/reached/0/zh").asText() + "，"
                        + prompt.path("considerBy").asText() + "前考虑",
                "the agency is prompted at once, with the threshold and the last day to consider it",
                state(prompt).equals("OPEN")
                        && prompt.at("/reached/0/id").asText().equals("CL_213_GAIN"));
        stage.expect(
                "期限之内检察院看不见提示",
                "in time, the procuratorate sees no prompt",
                prompt(PROC, id).isMissingNode());
        String transfer = steps.made(
                MSA,
                "/v1/transfers",
                report(penalty.path("matterId").asText(), id),
                "两名办案人员报告涉嫌犯罪，登记移送",
                "Two officers report the suspected crime, and a transfer is registered");
        JsonNode after = prompt(MSA, id);
        stage.expect(
                "提示由该移送回应，期限 T1 完成",
                "the transfer answers the prompt, and its days are met",
                state(after).equals("TRANSFERRED")
                        && transfer.endsWith(after.path("transferId").asText("none"))
                        && consideration(MSA, id).equals("MET"));
    }

    private void unanswered() {
        late = penalty("咸安市监案字〔2021〕22号", "另一起行政处罚案件，同样达到标准").path("id").asText();
        stage.line("演示拨动自己的时钟：该提示视为二十八日前作出（直接改动演示数据库，接口无此途径）");
        stage.line("The demonstration moves its own clock, in its own database: this prompt is four weeks old now");
        clock.letPass(DAYS, UUID.fromString(late));
        stage.expect(
                "无人回应的提示期满后，检察院看见提示和逾期的 T1",
                "once its days have passed, the prompt that nobody answered shows to the procuratorate, with its overdue clock",
                state(prompt(PROC, late)).equals("OPEN")
                        && consideration(PROC, late).equals("OVERDUE"));
        stage.showSight("该处罚记录", "the penalty", MSA, "/v1/penalties/" + late);
    }

    private JsonNode penalty(String number, String zh) {
        return steps.register(
                MSA,
                "/v1/penalties",
                """
                {"noStateSecret": true,
                 "content": {"rightType": "TRADEMARK", "facts": "销售侵犯注册商标专用权的白酒〔补〕。", "caseNumber": "%s",
                   "decisionType": "PENALTY", "legalBasis": "商标法第六十条", "fine": "50000", "decidedOn": "2021-03-05",
                   "amounts": [{"type": "ILLEGAL_GAIN", "value": "30000", "unit": "CNY"}],
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["PARTY"], "name": "庚某某〔补〕"}]}}
                """.formatted(number),
                zh,
                "Market supervision registers a penalty, with a gain of CNY 30,000");
    }

    private static String report(String matter, String penalty) {
        return """
                {"noStateSecret": true, "matterId": "%s",
                 "content": {"direction": "AGENCY_TO_POLICE", "rightType": "TRADEMARK", "clue": "%s",
                   "title": "涉嫌销售假冒注册商标的商品案〔补〕", "facts": "违法所得三万元〔补〕。", "reportedOn": "%s",
                   "suspectedArticle": "CL_214", "investigators": ["001", "002"]}}
                """.formatted(matter, penalty, LocalDate.now(Occurred.ZONE));
    }

    /** The prompt upon the record as the unit sees it; missing where it sees none. */
    private JsonNode prompt(String unit, String record) {
        return steps.read(unit, "/v1/prompts?record=" + record).at("/items/0");
    }

    private static String state(JsonNode prompt) {
        return prompt.path("state").asText();
    }

    /** How T1 upon the penalty stands, as the unit sees it. */
    private String consideration(String unit, String penalty) {
        for (JsonNode each :
                steps.read(unit, "/v1/penalties/" + penalty + "/deadlines").path("items")) {
            if (each.path("rule").asText().equals("T1")) {
                return each.path("state").asText();
            }
        }
        return "";
    }
}
