package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.xietong.app.story.Suspects.Suspect;

/**
 * The demonstration's case, from the inspection to the indictment: a composite of four published ones in the dress of Xianning
 * (domain, section 8). The raid is Luoyang's, with its six days to the transfer; the days of custody are Wuhan's, with the arrest
 * approved on the 37th. Three suspects: one arrested and indicted, one released and not prosecuted, one at large and dealt with
 * apart. Everything else is filled in 〔补〕.
 */
final class CompositeCase {
    static final String MSA = "MSA-421202";
    static final String POLICE = "POLICE-421202";
    static final String PROC = "PROC-421202";
    static final String COURT = "COURT-421202";
    static final String HIGHER_COURT = "COURT-421200";
    static final String HIGHER_PROC = "PROC-421200";
    static final String COPYRIGHT = "COPYRIGHT-421200";

    private final Stage stage;
    private final Steps steps;
    static final byte[] RECORD = resource("inspection-record.pdf");

    private String clue = "";
    private String record = "";
    private String matter = "";
    private Suspects suspects = Suspects.NONE;

    CompositeCase(Stage stage) {
        this.stage = stage;
        this.steps = new Steps(stage);
    }

    /** The clue's path. */
    String clue() {
        return clue;
    }

    String matter() {
        return matter;
    }

    /** The path of the filing. */
    String filing() {
        return suspects.filing();
    }

    Suspects suspects() {
        return suspects;
    }

    void playToTheIndictment() {
        raid();
        transfer();
        file();
        earlyParticipation();
        detention();
        new CompositeProsecution(stage, this).play();
    }

    private void raid() {
        JsonNode registered = steps.register(
                MSA,
                "/v1/clues",
                StoryBodies.RAID,
                "2021-03-01 咸安区市场监督管理局现场检查，查获 158 箱，货值 284 万元，登记线索",
                "The district's market supervision inspects, seizes 158 cases worth 2.84 million, and registers the clue");
        clue = "/v1/clues/" + registered.path("id").asText();
        matter = registered.path("matterId").asText();
        stage.showSight("线索", "the clue", MSA, clue);
        record = steps.attach(
                MSA,
                clue,
                "现场检查笔录.pdf",
                RECORD,
                "现场检查笔录作为附件登记：SHA-256 与 SM3",
                "The record of the inspection is announced as an attachment");
    }

    private void transfer() {
        steps.act(MSA, clue, "triage", Steps.on("2021-03-02"), "线索研判", "The clue is triaged");
        steps.act(MSA, clue, "accept", Steps.on("2021-03-03"), "线索受理", "The clue is accepted");
        steps.act(
                MSA,
                clue,
                "transfer",
                "\"documentNumber\": \"咸安市监移〔2021〕1号\", \"addressees\": [\"%s\"], %s"
                        .formatted(POLICE, Steps.on("2021-03-07")),
                "2021-03-07 书面移送公安机关（检查后第六日），办案人员本人签名",
                "Transferred to the police in writing on the sixth day, signed by the officer's own key");
        stage.showSight("线索", "the clue", MSA, clue);
        stage.expect(
                "公安机关取得附件，字节相同；市版权局不知其存在",
                "the police fetch the attachment, byte for byte; the copyright bureau does not know of it",
                Arrays.equals(
                                RECORD,
                                stage.cast()
                                        .call(POLICE, "GET", record + "/content")
                                        .send()
                                        .body())
                        && stage.cast()
                                        .call(COPYRIGHT, "GET", record + "/content")
                                        .send()
                                        .status()
                                == 404);
    }

    private void file() {
        JsonNode received = steps.register(
                POLICE,
                "/v1/filings",
                StoryBodies.filing(matter),
                "公安机关受案，在同一案件之下",
                "The police take the case under review, in the same matter");
        suspects = Suspects.of(received);
        steps.act(
                POLICE,
                filing(),
                "file",
                "\"documentNumber\": \"咸安公（经）立字〔2021〕1号\", " + Steps.on("2021-03-10"),
                "2021-03-10 立案：移送单位只见摘要，其他行政机关看不见",
                "Filed: the sender sees a summary, other administrative agencies nothing");
        stage.showSight("立案", "the filing", POLICE, filing());
    }

    private void earlyParticipation() {
        String search = measure("SEARCH", "2021-03-18", suspects.caught(), "呈请搜查", "A search is proposed");
        stage.showSight("搜查", "the search", POLICE, search);
        String supervision = steps.made(
                PROC,
                "/v1/supervisions",
                suspects.stage(
                        "\"type\": \"EARLY_PARTICIPATION\", \"target\": \"引导侦查取证\", \"reason\": \"MAJOR\", \"facts\": \"涉案金额巨大，取证复杂。\","
                                + " \"requestedOn\": \"2021-03-15\"",
                        suspects.caught()),
                "2021-03-15 检察院决定提前介入（第7条）",
                "The procuratorate decides to take part early (article 7)");
        steps.act(
                PROC,
                supervision,
                "assign",
                "\"addressees\": [\"%s\"], \"note\": \"案情复杂，指派检察官介入。\", \"noStateSecret\": true, %s"
                        .formatted(POLICE, Steps.on("2021-03-16")),
                "2021-03-16 指派检察官提前介入：检察院由此看见二人的侦查措施全貌",
                "A prosecutor is assigned, which opens to the procuratorate in full what is investigated about the two");
        stage.showSight("搜查", "the search", POLICE, search);
        steps.actOfHead(
                POLICE,
                search,
                "approve",
                "\"documentNumber\": \"咸安公搜查字〔2021〕1号\"",
                "负责人批准搜查",
                "The head approves the search");
        steps.act(POLICE, search, "execute", Steps.on("2021-03-18"), "2021-03-18 执行搜查", "The search is executed");
        steps.act(
                PROC,
                supervision,
                "attend",
                "\"note\": \"参加案件讨论。\", \"noStateSecret\": true, " + Steps.on("2021-03-19"),
                "2021-03-19 派员参加讨论",
                "The prosecutor attends their discussion");
        steps.act(
                PROC,
                supervision,
                "opine",
                "\"note\": \"建议查清进货渠道和销售金额。\", \"noStateSecret\": true",
                "检察院提出取证意见",
                "The procuratorate gives its opinion on the evidence");
        steps.act(
                POLICE,
                supervision,
                "follow-up",
                "\"note\": \"已按意见补充取证。\", \"noStateSecret\": true",
                "公安机关反馈落实情况",
                "The police report what they did about it");
    }

    private void detention() {
        String detention = measure(
                "DETENTION",
                "2021-04-12",
                suspects.caught(),
                "公安机关呈请刑事拘留二人：执行并通知前，行政机关和法院看不见",
                "The police propose detention of two: out of sight of administrative agencies and courts until executed and notified");
        stage.showSight("拘留", "the detention", POLICE, detention);
        steps.actOfHead(
                POLICE,
                detention,
                "approve",
                "\"documentNumber\": \"咸安公拘字〔2021〕1号\"",
                "负责人批准拘留",
                "The head approves the detention");
        steps.act(POLICE, detention, "execute", Steps.on("2021-04-12"), "2021-04-12 执行拘留", "Executed on 2021-04-12");
        steps.act(POLICE, detention, "notify", Steps.on("2021-04-13"), "2021-04-13 通知家属", "The families are notified");
        stage.showSight("拘留", "the detention", POLICE, detention);
    }

    String measure(String measure, String from, List<Suspect> concerned, String zh, String en) {
        return steps.made(
                POLICE,
                "/v1/investigations",
                suspects.stage("\"measure\": \"%s\", \"startsOn\": \"%s\"".formatted(measure, from), concerned),
                zh,
                en);
    }

    private static byte[] resource(String name) {
        try (InputStream file =
                Objects.requireNonNull(CompositeCase.class.getResourceAsStream("/demonstration/" + name))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
