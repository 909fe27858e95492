package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** 监督线索清单: what may have been lost on the way, which the procuratorate reads and exports instead of looking for it by hand. */
final class Overseeing {
    private static final String PROC = CompositeCase.PROC;
    private static final String NOT_TRANSFERRED = "/v1/exceptions/NOT_TRANSFERRED";

    private final Stage stage;
    private final Cast cast;
    private final String penalty;
    private final String refused;

    /**
     * @param penalty the id of the penalty whose prompt is late
     * @param refused the path of a transfer of which the police decided not to file
     */
    Overseeing(Stage stage, String penalty, String refused) {
        this.stage = stage;
        this.cast = stage.cast();
        this.penalty = penalty;
        this.refused = refused.substring(refused.lastIndexOf('/') + 1);
    }

    void play() {
        notTransferred();
        table();
        refused();
        stage.step(
                "办案单位查阅清单：只有检察院可以",
                "The agency asks for the list: it is for the procuratorate alone",
                403,
                "FORBIDDEN",
                cast.call(CompositeCase.MSA, "GET", NOT_TRANSFERRED).send());
    }

    private void notTransferred() {
        JsonNode found = line(
                        PROC,
                        NOT_TRANSFERRED,
                        penalty,
                        "检察院查阅应当移送未移送清单",
                        "The procuratorate reads what was not transferred")
                .orElse(Cast.json("{}"));
        stage.line("%s  %s  T1 期满 due %s  逾期 late %d 日 days"
                .formatted(
                        found.path("owner").asText(),
                        found.at("/prompt/reached/0/zh").asText(),
                        found.at("/deadline/dueOn").asText(),
                        -found.at("/deadline/daysLeft").asInt()));
        stage.expect(
                "无人回应的处罚在清单上：何单位、何期限、逾期几日",
                "the penalty that nobody answered for is on the list: whose, by which rule, how late",
                found.path("owner").asText().equals(CompositeCase.MSA)
                        && found.at("/deadline/rule").asText().equals("T1")
                        && found.at("/deadline/daysLeft").asInt() < 0
                        && found.at("/prompt/state").asText().equals("OPEN"));
        stage.expect(
                "上级检察院的清单是本级的",
                "the procuratorate above has the list of its own level",
                line(
                                CompositeCase.HIGHER_PROC,
                                NOT_TRANSFERRED,
                                penalty,
                                "市检察院查阅同一清单",
                                "The city's procuratorate reads the same list")
                        .isEmpty());
    }

    private void table() {
        String csv = new String(
                stage.step(
                                "导出为表格（CSV）：一次交换，逐条记明所披露的记录",
                                "Exported as a table (CSV): one exchange, which names each record that it tells of",
                                200,
                                cast.call(PROC, "GET", NOT_TRANSFERRED + "/table?format=csv")
                                        .send())
                        .body(),
                StandardCharsets.UTF_8);
        Optional<String> row = Arrays.stream(csv.split("\r\n"))
                .filter(each -> each.contains(penalty))
                .findFirst();
        row.ifPresent(stage::line);
        stage.expect(
                "表格中有同一行，注明标准是否核对过原文",
                "the table has the same line, and says how far the threshold's text was read",
                csv.contains("逾期日数 Days late")
                        && row.filter(each -> each.contains("原文")).isPresent());
    }

    private void refused() {
        stage.expect(
                "公安机关不予立案的移送也在其清单上",
                "a transfer of which the police decided not to file is on its list as well",
                line(
                                PROC,
                                "/v1/exceptions/REFUSED",
                                refused,
                                "检察院查阅不予立案清单",
                                "The procuratorate reads where the police did not file")
                        .isPresent());
    }

    private Optional<JsonNode> line(String unit, String list, String record, String zh, String en) {
        JsonNode page = Cast.json(stage.step(
                zh, en, 200, cast.call(unit, "GET", list + "?limit=100").send()));
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(each -> each.path("recordId").asText().equals(record))
                .findFirst();
    }
}
