package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request between units of one matter: market supervision asks the police for evidence, who see what is asked and nothing else of the
 * matter; they answer in writing, within days that the record shows.
 */
final class Asking {
    private static final String MSA = CompositeCase.MSA;
    private static final String POLICE = CompositeCase.POLICE;
    private static final String REPLY = "随函提供物流凭证十二页〔补〕";

    private final Stage stage;
    private final Steps steps;

    Asking(Stage stage) {
        this.stage = stage;
        this.steps = new Steps(stage);
    }

    void play() {
        JsonNode clue =
                steps.register(MSA, "/v1/clues", """
                {"noStateSecret": true,
                 "content": {"rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION", "title": "涉嫌销售假冒注册商标的商品〔补〕",
                   "facts": "现场检查发现假冒白酒〔补〕。", "place": "421202", "foundOn": "2021-03-01",
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "己某某〔补〕"}]}}
                """, "市场监管登记另一线索", "Market supervision registers another clue");
        String request = steps.made(
                MSA,
                "/v1/requests",
                """
                {"noStateSecret": true, "matterId": "%s",
                 "content": {"type": "EVIDENCE", "title": "商请提供物流凭证〔补〕", "facts": "请提供当事人的物流凭证复印件〔补〕。",
                   "legalBasis": "行政处罚法第二十六条", "records": ["%s"]}}
                """.formatted(clue.path("matterId").asText(), clue.path("id").asText()),
                "拟制协作请求：发出前他人看不见",
                "A request is drafted: out of sight before it is sent");
        steps.act(
                MSA,
                request,
                "send",
                "\"documentNumber\": \"咸安市监商〔2021〕1号\", \"addressees\": [\"%s\"]".formatted(POLICE),
                "商请公安机关提供证据，期限随即起算",
                "The police are asked for evidence; their days begin");
        stage.showSight("协作请求", "the request", MSA, request);
        steps.act(POLICE, request, "receive", "", "公安机关签收", "The police sign for it");
        steps.act(
                POLICE,
                request,
                "answer",
                "\"documentNumber\": \"咸安公复〔2021〕1号\", \"note\": \"%s\", \"noStateSecret\": true".formatted(REPLY),
                "公安机关书面答复",
                "The police answer in writing");
        stage.expect(
                "请求单位读到答复，期限完成",
                "who asked reads the reply, and the days are met",
                steps.read(MSA, request).toString().contains(REPLY)
                        && steps.read(MSA, request + "/deadlines").toString().contains("\"MET\""));
    }
}
