package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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
    static final String COPYRIGHT = "COPYRIGHT-421200";

    private final Stage stage;
    private final Steps steps;
    private String clue = "";
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
        arrest();
        apart();
        conclude();
        prosecute();
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
        stage.showSight(MSA, clue);
        steps.attach(
                MSA,
                clue,
                "现场检查笔录.pdf",
                resource("inspection-record.pdf"),
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
        stage.showSight(MSA, clue);
        stage.expect(
                "公安机关可取得附件，市版权局不知其存在",
                "the police can fetch the attachment; the copyright bureau does not know of it",
                steps.read(POLICE, clue + "/attachments").path("items").size() == 1
                        && steps.read(COPYRIGHT, clue + "/attachments")
                                        .path("status")
                                        .asInt()
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
        stage.showSight(POLICE, filing());
    }

    private void earlyParticipation() {
        String search = measure("SEARCH", "2021-03-18", suspects.caught(), "呈请搜查", "A search is proposed");
        stage.showSight(POLICE, search);
        String supervision = stageRecord(
                PROC,
                "/v1/supervisions",
                "\"type\": \"EARLY_PARTICIPATION\", \"target\": \"引导侦查取证\", \"facts\": \"涉案金额巨大，取证复杂。\","
                        + " \"requestedOn\": \"2021-03-15\"",
                suspects.caught(),
                "检察院决定提前介入（第7条）",
                "The procuratorate decides to take part early (article 7)");
        steps.act(
                PROC,
                supervision,
                "participate",
                "\"addressees\": [\"%s\"], \"note\": \"案情复杂，派员参加讨论。\", \"noStateSecret\": true, %s"
                        .formatted(POLICE, Steps.on("2021-03-16")),
                "提前介入：检察院由此看见全部侦查措施",
                "Taking part opens the measures of the investigation to the procuratorate");
        stage.showSight(POLICE, search);
        steps.act(
                POLICE,
                search,
                "approve",
                "\"documentNumber\": \"咸安公搜查字〔2021〕1号\"",
                "负责人批准搜查",
                "The head approves the search");
        steps.act(POLICE, search, "execute", Steps.on("2021-03-18"), "执行搜查", "The search is executed");
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
                "公安机关呈请刑事拘留二人：执行并通知前其他单位看不见",
                "The police propose detention of two: out of others' sight until executed and notified");
        steps.act(POLICE, detention, "approve", "\"documentNumber\": \"咸安公拘字〔2021〕1号\"", "负责人批准拘留", "Approved");
        steps.act(POLICE, detention, "execute", Steps.on("2021-04-12"), "2021-04-12 执行拘留", "Executed on 2021-04-12");
        steps.act(POLICE, detention, "notify", Steps.on("2021-04-13"), "通知家属", "The families are notified");
        stage.showSight(POLICE, detention);
    }

    private void arrest() {
        String arrest = stageRecord(
                POLICE,
                "/v1/arrests",
                "\"requestedOn\": \"2021-05-12\", \"suspects\": [%s]"
                        .formatted(suspects.caught().stream()
                                .map(s -> ("{\"participant\": \"%s\", \"charge\": \"CL_214\","
                                                + " \"custodySince\": \"2021-04-12\"}")
                                        .formatted(s.id()))
                                .collect(Collectors.joining(", "))),
                suspects.caught(),
                "2021-05-12 公安机关拟提请批准逮捕二人",
                "The police prepare the request to arrest both");
        steps.act(
                POLICE,
                arrest,
                "request",
                "\"documentNumber\": \"咸安公提捕字〔2021〕1号\", \"addressees\": [\"%s\"]".formatted(PROC),
                "提请检察院批准逮捕：七日内决定",
                "Arrest requested: to be decided within seven days");
        steps.act(PROC, arrest, "accept", Steps.on("2021-05-12"), "检察院受理审查", "The procuratorate takes the request");
        decideOnArrest(arrest);
        steps.act(POLICE, arrest, "execute", Steps.on("2021-05-20"), "2021-05-20 执行逮捕", "Executed on 2021-05-20");
        stage.line("只见已执行逮捕者 / only who was arrested shows:");
        stage.showSight(POLICE, arrest);
        steps.act(
                POLICE,
                arrest,
                "reconsider",
                "\"documentNumber\": \"咸安公要复字〔2021〕1号\", " + Steps.on("2021-05-24"),
                "公安机关就第二人要求复议",
                "The police ask for reconsideration about the second");
        steps.act(
                PROC,
                arrest,
                "uphold",
                "\"documentNumber\": \"咸安检复议〔2021〕1号\", " + Steps.on("2021-05-28"),
                "复议维持",
                "The refusal is upheld");
    }

    private void decideOnArrest(String arrest) {
        steps.act(
                PROC,
                arrest,
                "approve",
                "\"documentNumber\": \"咸安检捕〔2021〕1号\", \"participants\": [\"%s\"], %s"
                        .formatted(suspects.first().id(), Steps.on("2021-05-19")),
                "2021-05-19（羁押第37日）批准逮捕第一人",
                "Arrest of the first approved on day 37 of custody");
        steps.act(
                PROC,
                arrest,
                "refuse",
                ("\"documentNumber\": \"咸安检不捕〔2021〕1号\", \"participants\": [\"%s\"],"
                                + " \"reasonCode\": \"NO_SOCIAL_DANGER\", %s")
                        .formatted(suspects.second().id(), Steps.on("2021-05-19")),
                "不批准逮捕第二人：无社会危险性",
                "Arrest of the second refused: no danger to society");
    }

    /** 另案处理: who is at large gets a matter of his own, which is tied to this one. */
    private void apart() {
        JsonNode other = steps.register(
                POLICE,
                "/v1/filings",
                StoryBodies.APART,
                "第三人在逃，另案处理：单独立案",
                "The third is at large and dealt with apart: a filing of its own");
        steps.post(
                POLICE,
                1,
                "/v1/matters/" + other.path("matterId").asText() + "/links",
                "{\"type\": \"SPLIT_FROM\", \"to\": \"" + matter + "\"}",
                201,
                "两案以“拆分自”关联：关联不开放任何内容",
                "The two are linked as split; a link opens nothing");
        stage.showSight(POLICE, "/v1/filings/" + other.path("id").asText());
    }

    private void conclude() {
        String conclusion =
                measure("CONCLUSION", "2021-07-19", suspects.caught(), "侦查终结", "The investigation concludes");
        steps.act(POLICE, conclusion, "approve", "", "负责人批准", "Approved");
        steps.act(
                POLICE,
                conclusion,
                "conclude",
                "\"documentNumber\": \"咸安公诉字〔2021〕1号\", " + Steps.on("2021-07-19"),
                "制作起诉意见书",
                "Opinion for prosecution");
        steps.act(
                POLICE,
                conclusion,
                "send",
                "\"documentNumber\": \"咸安公诉字〔2021〕1号\", \"addressees\": [\"%s\"], %s"
                        .formatted(PROC, Steps.on("2021-07-20")),
                "移送审查起诉",
                "Sent for prosecution");
    }

    private void prosecute() {
        String prosecution = stageRecord(
                PROC,
                "/v1/prosecutions",
                "\"receivedOn\": \"2021-07-20\", \"suspects\": [%s]"
                        .formatted(suspects.caught().stream()
                                .map(s ->
                                        ("{\"participant\": \"%s\", \"charges\": [\"CL_214\"], \"pleaLeniency\": true,"
                                                        + " \"court\": \"咸宁市咸安区人民法院\"}")
                                                .formatted(s.id()))
                                .collect(Collectors.joining(", "))),
                suspects.caught(),
                "检察院受理审查起诉",
                "The procuratorate receives the case");
        steps.act(
                PROC,
                prosecution,
                "return",
                ("\"documentNumber\": \"咸安检补侦〔2021〕1号\", \"addressees\": [\"%s\"], \"note\": \"补充销售金额证据。\","
                                + " \"noStateSecret\": true, %s")
                        .formatted(POLICE, Steps.on("2021-08-19")),
                "退回补充侦查一次",
                "Returned once for supplement");
        steps.act(
                POLICE,
                prosecution,
                "resubmit",
                "\"documentNumber\": \"咸安公补侦字〔2021〕1号\", " + Steps.on("2021-09-18"),
                "补充侦查完毕，重新移送",
                "Resubmitted");
        steps.act(
                PROC,
                prosecution,
                "indict",
                ("\"documentNumber\": \"咸安检刑诉〔2021〕118号\", \"addressees\": [\"%s\"], \"participants\": [\"%s\"], %s")
                        .formatted(COURT, suspects.first().id(), Steps.on("2021-10-15")),
                "对第一人提起公诉：法院此时才看见其案卷",
                "The first is indicted: only now the court sees his file");
        stage.showSight(PROC, prosecution);
        steps.act(
                PROC,
                prosecution,
                "not-prosecute",
                ("\"documentNumber\": \"咸安检刑不诉〔2021〕12号\", \"participants\": [\"%s\"],"
                                + " \"reasonCode\": \"DISCRETIONARY\", %s")
                        .formatted(suspects.second().id(), Steps.on("2021-10-15")),
                "对第二人酌定不起诉",
                "The second is not prosecuted");
    }

    private String measure(String measure, String from, List<Suspect> concerned, String zh, String en) {
        return stageRecord(
                POLICE,
                "/v1/investigations",
                "\"measure\": \"%s\", \"startsOn\": \"%s\"".formatted(measure, from),
                concerned,
                zh,
                en);
    }

    /** Registers a stage of the filing; gives its path. */
    private String stageRecord(
            String unit, String path, String content, List<Suspect> concerned, String zh, String en) {
        JsonNode made = steps.register(unit, path, suspects.stage(content, concerned), zh, en);
        return path + "/" + made.path("id").asText();
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
