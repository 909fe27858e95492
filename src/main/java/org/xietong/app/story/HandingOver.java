package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.xietong.matter.Occurred;

/**
 * A case is handed over, and its days run: reported a month ago, so that the head's three days have passed when the chapter begins; sent
 * with its papers and a copy that nobody asked for, completed, filed, with its goods; and another comes back from the police.
 */
final class HandingOver {
    private static final String MSA = CompositeCase.MSA;
    private static final String POLICE = CompositeCase.POLICE;
    private static final String PROC = CompositeCase.PROC;
    private static final List<String> PAPERS = List.of("TRANSFER_LETTER", "INVESTIGATION_REPORT", "GOODS_LIST");

    private final Stage stage;
    private final Steps steps;
    private final Cast cast;
    private final LocalDate today = LocalDate.now(Occurred.ZONE);

    HandingOver(Stage stage) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.cast = stage.cast();
    }

    void play() {
        String transfer = reported();
        sent(transfer);
        answered(transfer);
        comesBack();
    }

    private String reported() {
        String transfer = steps.made(
                MSA,
                "/v1/transfers",
                draft("AGENCY_TO_POLICE", "", Steps.on(today.minusDays(30).toString()) + ","),
                "两名办案人员三十日前报告涉嫌犯罪，登记移送（期限 T2：负责人三日内审批）",
                "Two officers reported a suspected crime thirty days ago; the head had three days");
        int late = overdue(transfer);
        stage.expect(
                "检察院的逾期期限中已有该移送的 T2，逾期 %d 日：补登不推迟期限".formatted(late),
                "the transfer's T2 is overdue on the procuratorate's list: late registration gives nobody more time",
                late > 0);
        return transfer;
    }

    /** Sent to the police with its papers, signed for by them; as {@link #sent} tells at length. */
    String received() {
        String transfer = steps.made(
                MSA,
                "/v1/transfers",
                draft("AGENCY_TO_POLICE", "", ""),
                "另一起涉嫌犯罪登记移送",
                "Another suspected crime is registered for a transfer");
        steps.amend(
                MSA, transfer, draft("AGENCY_TO_POLICE", papers(MSA, transfer), ""), "材料列明", "Its papers are named");
        steps.actOfHead(
                MSA, transfer, "approve", "\"documentNumber\": \"咸安市监审〔2021〕3号\"", "负责人批准移送", "The head approves");
        steps.act(
                MSA,
                transfer,
                "dispatch",
                "\"documentNumber\": \"咸安市监移〔2021〕11号\", \"addressees\": [\"%s\"]".formatted(POLICE),
                "书面移送公安机关并抄送检察院",
                "Sent to the police, copied to the procuratorate");
        steps.act(
                POLICE,
                transfer,
                "receive",
                "\"documentNumber\": \"咸安公回字〔2021〕11号\"",
                "公安机关签收",
                "The police sign for it");
        return transfer;
    }

    private void sent(String transfer) {
        steps.amend(
                MSA,
                transfer,
                draft("AGENCY_TO_POLICE", papers(MSA, transfer), ""),
                "移送书、调查报告、物品清单作为附件列明",
                "Letter, report and list of goods are attached and named");
        steps.actOfHead(
                MSA,
                transfer,
                "approve",
                "\"documentNumber\": \"咸安市监审〔2021〕1号\"",
                "负责人以本人密钥批准移送（逾期）",
                "The head approves with his own key, late");
        steps.act(
                MSA,
                transfer,
                "dispatch",
                "\"documentNumber\": \"咸安市监移〔2021〕9号\", \"addressees\": [\"%s\"]".formatted(POLICE),
                "书面移送公安机关；平台同时抄送检察院",
                "Sent to the police; the service copies it to the procuratorate");
        stage.showSight("移送", "the transfer", MSA, transfer);
        steps.act(PROC, transfer, "acknowledge", "", "检察院签收抄送件备案", "The procuratorate acknowledges its copy");
    }

    private void answered(String transfer) {
        steps.act(
                POLICE,
                transfer,
                "receive",
                "\"documentNumber\": \"咸安公回字〔2021〕9号\"",
                "公安机关签收",
                "The police sign for it");
        steps.act(
                POLICE,
                transfer,
                "ask",
                "\"note\": \"缺鉴定意见\", \"noStateSecret\": true",
                "材料不全：要求补正，不得以此拒绝",
                "Papers are missing: they are asked for, and no reason to refuse");
        steps.act(MSA, transfer, "complete", "", "补正材料", "The papers are completed");
        steps.act(
                POLICE,
                transfer,
                "file",
                "\"documentNumber\": \"咸安公立字〔2021〕9号\"",
                "立案并通知移送单位",
                "Filed, and the sender knows");
        steps.act(
                MSA,
                transfer,
                "hand-over",
                "\"documentNumber\": \"咸安市监交〔2021〕9号\"",
                "移交涉案物品",
                "The goods are handed over");
        steps.act(
                POLICE,
                transfer,
                "take-over",
                "\"note\": \"存于区局涉案财物仓库\", \"noStateSecret\": true",
                "接收物品，去向对移送单位可见",
                "Taken over; the sender sees where they are");
        steps.act(
                POLICE,
                transfer,
                "feedback",
                "\"note\": \"已立案侦查\", \"noStateSecret\": true",
                "定期反馈",
                "Feedback to the sender");
        stage.expect(
                "移送单位自己查到进展：物品已接收，无须打电话",
                "the sender reads for himself how it stands: his goods were taken over; nobody telephones",
                steps.read(MSA, transfer + "/feedback").toString().contains("TAKEN_OVER"));
        stage.expect(
                "送达可证明：公安机关首次读取和签收各有交换编号",
                "the delivery can be proved: the police's first reading and their receipt each have their exchange",
                proven(transfer));
        stage.line("期限 / deadlines: " + String.join("；", rules(MSA, transfer + "/deadlines")));
    }

    private boolean proven(String transfer) {
        for (JsonNode each : steps.read(MSA, transfer + "/deliveries").get("items")) {
            if (each.get("unit").asText().equals(POLICE)) {
                return each.has("delivered")
                        && each.at("/acknowledged/act").asText().equals("receive");
            }
        }
        return false;
    }

    private void comesBack() {
        String back = steps.made(
                POLICE,
                "/v1/transfers",
                draft("POLICE_TO_AGENCY", "", ""),
                "另一案不构成犯罪、应受行政处罚：公安机关移送市场监管部门",
                "Another case is no crime but an administrative offence: the police transfer it");
        steps.amend(POLICE, back, draft("POLICE_TO_AGENCY", papers(POLICE, back), ""), "材料列明", "Its papers are named");
        steps.act(
                POLICE,
                back,
                "dispatch",
                "\"documentNumber\": \"咸安公移字〔2021〕2号\", \"addressees\": [\"%s\"]".formatted(MSA),
                "移送市场监管部门；同样抄送检察院",
                "Sent to market supervision; copied to the procuratorate as well");
        steps.act(MSA, back, "receive", "", "市场监管部门签收", "Market supervision signs for it");
        stage.expect(
                "检察院看得见反向移送",
                "the procuratorate sees the way back, too",
                cast.call(PROC, "GET", back).send().status() == 200);
    }

    private String papers(String unit, String transfer) {
        List<String> papers = new ArrayList<>();
        for (String paper : PAPERS) {
            String attachment = steps.attach(
                    unit, transfer, paper + ".pdf", CompositeCase.RECORD, "移送材料：" + paper, "A paper: " + paper);
            papers.add("{\"paper\": \"%s\", \"attachment\": \"%s\"}"
                    .formatted(paper, attachment.substring(attachment.lastIndexOf('/') + 1)));
        }
        return "\"papers\": [" + String.join(", ", papers) + "],";
    }

    private static String draft(String direction, String papers, String envelope) {
        String aim = direction.endsWith("POLICE")
                ? "\"suspectedArticle\": \"CL_214\", \"investigators\": [\"001\", \"002\"],"
                : "\"penaltyBasis\": \"商标法第六十条\",";
        return """
                {%s "noStateSecret": true,
                 "content": {"direction": "%s", "rightType": "TRADEMARK", "title": "涉嫌销售假冒注册商标的商品案〔补〕",
                   "facts": "查获假冒白酒若干箱〔补〕", "reportedOn": "%s", %s %s
                   "exhibits": [{"goods": {"name": "白酒", "quantity": "20"}, "custody": "SENDER", "storedAt": "罚没仓库〔补〕"}]}}
                """.formatted(envelope, direction, LocalDate.now(Occurred.ZONE).minusDays(30), aim, papers);
    }

    /** By how many days the head's decision upon the transfer is late, as the procuratorate's list of overdue clocks says; 0 where it is not there. */
    private int overdue(String transfer) {
        JsonNode page = steps.read(PROC, "/v1/deadlines?whose=OVERSEEN&when=OVERDUE&limit=100");
        for (JsonNode each : page.path("items")) {
            if (each.path("rule").asText().equals("T2")
                    && transfer.endsWith(each.path("recordId").asText())) {
                return -each.path("daysLeft").asInt();
            }
        }
        return 0;
    }

    private List<String> rules(String unit, String target) {
        JsonNode page = steps.read(unit, target);
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(each ->
                        each.path("rule").asText() + ' ' + each.path("state").asText())
                .toList();
    }
}
