package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.xietong.matter.Occurred;

/**
 * A transfer that the police do not file: its sender complains, the procuratorate demands the reasons and orders the filing, and the
 * record shows to which filing that led; who complained sees how it stands, and not what the police answered.
 */
final class Supervising {
    private static final String MSA = CompositeCase.MSA;
    private static final String POLICE = CompositeCase.POLICE;
    private static final String PROC = CompositeCase.PROC;
    private static final String ANSWER = "未达追诉标准，详见说明书〔补〕";

    private final Stage stage;
    private final Steps steps;
    private final LocalDate today = LocalDate.now(Occurred.ZONE);
    private String transfer = "";

    Supervising(Stage stage) {
        this.stage = stage;
        this.steps = new Steps(stage);
    }

    void play() {
        transfer = new HandingOver(stage).received();
        complained();
        String supervision = opened();
        answered(supervision);
        filed(supervision);
    }

    /** The path of the transfer that the police refused. */
    String refused() {
        return transfer;
    }

    private void complained() {
        steps.act(
                POLICE,
                transfer,
                "refuse",
                "\"documentNumber\": \"咸安公不立字〔2021〕11号\", \"reasonCode\": \"BELOW_THRESHOLD\", \"note\": \"未达追诉标准\", "
                        + "\"noStateSecret\": true",
                "公安机关不予立案并说明理由",
                "The police refuse to file, with their reasons");
        steps.act(
                MSA,
                transfer,
                "complain",
                "\"documentNumber\": \"咸安市监建〔2021〕1号\"",
                "移送单位建议检察院立案监督",
                "The sender asks the procuratorate to supervise it");
    }

    private String opened() {
        String id = transfer.substring(transfer.lastIndexOf('/') + 1);
        String supervision = steps.made(
                PROC,
                "/v1/supervisions",
                """
                {"noStateSecret": true,
                 "content": {"type": "FILING", "target": "咸安公安机关不予立案〔补〕", "document": "REASONS_FOR_NOT_FILING",
                   "transfer": "%s", "facts": "移送材料显示货值已达标准，应当立案〔补〕。", "requestedOn": "%s"}}
                """.formatted(id, today),
                "检察院启动立案监督：送达前他人看不见",
                "The procuratorate opens supervision: out of sight before service");
        stage.showSight("立案监督（送达前）", "the supervision, before service", PROC, supervision);
        steps.act(
                PROC,
                supervision,
                "serve",
                "\"documentNumber\": \"咸安检不立理〔2021〕1号\", \"addressees\": [\"%s\"]".formatted(POLICE),
                "要求公安机关七日内说明不立案理由（期限 T9）",
                "The police are asked for their reasons, within seven days");
        stage.showSight("立案监督", "the supervision", PROC, supervision);
        return supervision;
    }

    private void answered(String supervision) {
        steps.act(
                POLICE,
                supervision,
                "answer",
                "\"documentNumber\": \"咸安公不立说〔2021〕1号\", \"note\": \"%s\", \"noStateSecret\": true".formatted(ANSWER),
                "公安机关书面说明理由",
                "The police state their reasons in writing");
        JsonNode seen = steps.read(MSA, supervision);
        stage.expect(
                "建议监督的单位知道已答复，看不见答复内容",
                "who asked knows that they answered, and not what",
                seen.path("state").asText().equals("ANSWERED")
                        && !seen.toString().contains(ANSWER));
        steps.act(
                PROC,
                supervision,
                "order",
                "\"documentNumber\": \"咸安检通立〔2021〕1号\", \"note\": \"不立案理由不能成立。\", \"noStateSecret\": true",
                "理由不能成立：通知立案，十五日为限（期限 T10）",
                "The reasons do not hold: the filing is ordered, within fifteen days");
    }

    private void filed(String supervision) {
        String filing = steps.made(
                POLICE,
                "/v1/filings",
                """
                {"noStateSecret": true,
                 "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "%s", "caseNumber": "咸安公（经）立字〔2021〕11号",
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "戊某某〔补〕"}]}}
                """.formatted(today),
                "公安机关另案登记立案",
                "The police register the filing, in a matter of its own");
        steps.act(POLICE, filing, "file", "\"documentNumber\": \"咸安公（经）立字〔2021〕11号\"", "作出立案决定", "It is filed");
        steps.act(
                POLICE,
                supervision,
                "comply",
                "\"documentNumber\": \"咸安公（经）立字〔2021〕11号\", \"record\": \"%s\""
                        .formatted(filing.substring(filing.lastIndexOf('/') + 1)),
                "立案决定书送检察院，指明所立案件",
                "The decision goes to the procuratorate, and names the filing");
        steps.act(
                PROC,
                supervision,
                "inform",
                "\"note\": \"公安机关已立案〔补〕。\", \"noStateSecret\": true",
                "告知建议监督的单位",
                "Who asked is told");
        JsonNode told = steps.read(MSA, supervision);
        stage.expect(
                "建议监督的单位看见已立案和告知内容，看不见所立案件",
                "who asked sees that it was filed and what he is told, and not the filing",
                told.path("state").asText().equals("COMPLIED")
                        && told.at("/content/notice").asText().contains("已立案")
                        && told.at("/content/ledTo").isMissingNode()
                        && filing.endsWith(steps.read(PROC, supervision)
                                .at("/content/ledTo")
                                .asText("none")));
        JsonNode deadlines = steps.read(PROC, supervision + "/deadlines").path("items");
        stage.line("期限 / deadlines: "
                + StreamSupport.stream(deadlines.spliterator(), false)
                        .map(each -> each.path("rule").asText()
                                + ' '
                                + each.path("state").asText())
                        .collect(Collectors.joining("；")));
    }
}
