package org.xietong.app.story;

import static org.xietong.app.story.CompositeCase.COURT;
import static org.xietong.app.story.CompositeCase.HIGHER_PROC;
import static org.xietong.app.story.CompositeCase.POLICE;
import static org.xietong.app.story.CompositeCase.PROC;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;

/** The composite case before the procuratorate: arrest of one and not of the other, a third dealt with apart, indictment. */
final class CompositeProsecution {
    private final Stage stage;
    private final Steps steps;
    private final CompositeCase begun;
    private final Suspects suspects;

    CompositeProsecution(Stage stage, CompositeCase begun) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.begun = begun;
        this.suspects = begun.suspects();
    }

    void play() {
        arrest();
        apart();
        conclude();
        prosecute();
    }

    private void arrest() {
        String arrest = steps.made(
                POLICE,
                "/v1/arrests",
                suspects.stage(
                        "\"requestedOn\": \"2021-05-12\", \"suspects\": [%s]"
                                .formatted(suspects.caught().stream()
                                        .map(s -> ("{\"participant\": \"%s\", \"charge\": \"CL_214\","
                                                        + " \"custodySince\": \"2021-04-12\"}")
                                                .formatted(s.id()))
                                        .collect(Collectors.joining(", "))),
                        suspects.caught()),
                "2021-05-12 公安机关拟提请批准逮捕二人",
                "The police prepare the request to arrest both");
        steps.act(
                POLICE,
                arrest,
                "request",
                "\"documentNumber\": \"咸安公提捕字〔2021〕1号\", \"addressees\": [\"%s\"], %s"
                        .formatted(PROC, Steps.on("2021-05-12")),
                "提请检察院批准逮捕：七日内决定",
                "Arrest requested: to be decided within seven days");
        steps.act(PROC, arrest, "accept", Steps.on("2021-05-12"), "检察院受理审查", "The procuratorate takes the request");
        decideOnArrest(arrest);
        steps.act(POLICE, arrest, "execute", Steps.on("2021-05-20"), "2021-05-20 执行逮捕", "Executed on 2021-05-20");
        steps.act(POLICE, arrest, "notify", Steps.on("2021-05-20"), "通知家属", "The family is told");
        stage.showSight("批捕（移送单位只见已执行逮捕者）", "the arrest (the sender sees only who was arrested)", POLICE, arrest);
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
        steps.act(
                POLICE,
                arrest,
                "review",
                "\"documentNumber\": \"咸安公提复字〔2021〕1号\", \"addressees\": [\"%s\"], %s"
                        .formatted(HIGHER_PROC, Steps.on("2021-05-31")),
                "提请上一级检察院复核",
                "The police ask the procuratorate above for review");
        steps.act(
                HIGHER_PROC,
                arrest,
                "uphold",
                "\"documentNumber\": \"咸检复核〔2021〕1号\", " + Steps.on("2021-06-11"),
                "市检察院复核：维持不批准逮捕",
                "The city's procuratorate upholds the refusal, finally");
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
                "第三人在逃，另案处理：单独受案",
                "The third is at large and dealt with apart: taken under review on its own");
        String filing = "/v1/filings/" + other.path("id").asText();
        steps.act(
                POLICE,
                filing,
                "file",
                "\"documentNumber\": \"咸安公（经）立字〔2021〕2号\", " + Steps.on("2021-06-01"),
                "2021-06-01 对第三人立案",
                "The case of the third is filed");
        steps.post(
                POLICE,
                1,
                "/v1/matters/" + other.path("matterId").asText() + "/links",
                "{\"type\": \"SPLIT_FROM\", \"to\": \"" + begun.matter() + "\"}",
                201,
                "两案以“拆分自”关联：关联不开放任何内容",
                "The two are linked as split; a link opens nothing");
        stage.showSight("第三人的立案", "the third's filing", POLICE, filing);
    }

    private void conclude() {
        String conclusion =
                begun.measure("CONCLUSION", "2021-07-19", suspects.caught(), "侦查终结", "The investigation concludes");
        steps.actOfHead(POLICE, conclusion, "approve", "", "负责人批准侦查终结", "The head approves the conclusion");
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
        String prosecution = steps.made(
                PROC,
                "/v1/prosecutions",
                suspects.stage(
                        "\"receivedOn\": \"2021-07-20\", \"suspects\": [%s]"
                                .formatted(suspects.caught().stream()
                                        .map(s ->
                                                ("{\"participant\": \"%s\", \"charges\": [\"CL_214\"], \"pleaLeniency\": true,"
                                                                + " \"court\": \"咸宁市咸安区人民法院\"}")
                                                        .formatted(s.id()))
                                        .collect(Collectors.joining(", "))),
                        suspects.caught()),
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
        stage.showSight("审查起诉", "the prosecution", PROC, prosecution);
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
}
