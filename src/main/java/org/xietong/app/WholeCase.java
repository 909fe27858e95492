package org.xietong.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xietong.client.SignedAnswer;

/**
 * Two cases from the filing to their end (domain, section 8). Wuhan: two suspects, detained on 2015-04-12, one arrested on day 37,
 * indicted and convicted, the other not prosecuted. Haishu: from non-prosecution back to an administrative penalty, on its
 * dates of 2023. What the sources do not state is filled in 〔补〕.
 */
final class WholeCase {
    private static final String MSA = "MSA-421200";
    private static final String POLICE = "POLICE-421200";
    private static final String PROC = "PROC-421200";
    private static final String COURT = "COURT-421200";

    private final Stage stage;
    private final Cast cast;
    private String filing = "";
    private String first = "";
    private String second = "";
    private String persons = "";

    WholeCase(Stage stage) {
        this.stage = stage;
        this.cast = stage.cast();
    }

    /** The arrest clock, the appeal, and the fine by instalments. */
    void wuhan() {
        file("CL_213", "咸公（经）立字〔2015〕1号", "2015-04-11", 2);
        investigation();
        arrest();
        String prosecution = prosecution();
        trial();
        enforcement();
        stage.showSight(PROC, prosecution);
    }

    /** The way back from the procuratorate to market supervision. */
    void haishu() {
        file("CL_214", "咸公（食药环）立字〔2023〕9号", "2023-05-08", 1);
        conclude("咸公诉字〔2023〕9号");
        String prosecution = create(
                PROC,
                "/v1/prosecutions",
                "\"receivedOn\": \"2023-09-01\", \"suspects\": [%s]".formatted(defendant(first)),
                "检察院受理审查起诉〔日期补〕",
                "The procuratorate receives the case");
        act(
                PROC,
                prosecution,
                "not-prosecute",
                "\"documentNumber\": \"咸检刑不诉〔2023〕9号\", \"reasonCode\": \"DISCRETIONARY\", "
                        + "\"occurred\": {\"time\": \"2023-10-01T00:00:00+08:00\", \"precision\": \"MONTH\"}",
                "2023-10 不起诉",
                "Not prosecuted, October 2023");
        wayBack();
    }

    private void file(String charge, String number, String day, int suspects) {
        List<String> drafted = List.of("P1", "P2").subList(0, suspects).stream()
                .map(("{\"ref\": \"%s\", \"type\": \"NATURAL_PERSON\", \"roles\": [\"SUSPECT\"],"
                        + " \"name\": \"某某〔补〕\"}")::formatted)
                .toList();
        SignedAnswer received = stage.step(
                "公安机关受案〔补〕",
                "The police take the case under review",
                201,
                cast.call(POLICE, "POST", "/v1/filings")
                        .idempotencyKey()
                        .body(utf8("""
                                {"noStateSecret": true, "content": {"filingType": "CRIMINAL", "charge": "%s", "filedOn": "%s",
                                 "caseNumber": "%s", "participants": [%s]}}
                                """.formatted(charge, day, number, String.join(", ", drafted))))
                        .send());
        JsonNode record = Cast.json(received);
        filing = record.path("id").asText();
        JsonNode participants = record.path("content").path("participants");
        first = participants.path(0).path("id").asText();
        second = participants.path(1).path("id").asText();
        persons = Stream.of(first, second)
                .limit(suspects)
                .map(("{\"id\": \"%s\", \"type\": \"NATURAL_PERSON\", \"roles\": [\"SUSPECT\"],"
                        + " \"name\": \"某某〔补〕\"}")::formatted)
                .collect(Collectors.joining(", "));
        act(
                POLICE,
                "/v1/filings/" + filing,
                "file",
                "\"documentNumber\": \"" + number + "\", " + on(day),
                day + " 立案〔日期、文号补〕",
                "Filed (date and number filled in)");
    }

    private void investigation() {
        String detention = create(
                POLICE,
                "/v1/investigations",
                "\"measure\": \"DETENTION\", \"startsOn\": \"2015-04-12\"",
                "公安机关呈请刑事拘留：执行并通知家属前行政机关看不见",
                "The police propose detention: out of the administrative agencies' sight until it is executed and notified");
        stage.showSight(POLICE, detention);
        act(POLICE, detention, "approve", "\"documentNumber\": \"咸公拘字〔2015〕1号\"", "负责人批准拘留〔文号补〕", "Detention approved");
        act(
                POLICE,
                detention,
                "execute",
                on("2015-04-12"),
                "2015-04-12 执行拘留：尚未通知家属",
                "Detention executed on 2015-04-12, nobody told yet");
        stage.showSight(POLICE, detention);
        act(POLICE, detention, "notify", on("2015-04-13"), "24小时内通知家属〔日期补〕", "The families are told within 24 hours");
        stage.showSight(POLICE, detention);
    }

    private void arrest() {
        String arrest = create(
                POLICE,
                "/v1/arrests",
                "\"requestedOn\": \"2015-05-12\", \"suspects\": [%s, %s]"
                        .formatted(suspect(first, "2015-04-12"), suspect(second, "2015-04-12")),
                "公安机关拟提请批准逮捕二人〔日期补〕",
                "The police prepare the request to arrest both");
        act(
                POLICE,
                arrest,
                "request",
                "\"documentNumber\": \"咸公提捕字〔2015〕1号\", \"addressees\": [\"%s\"]".formatted(PROC),
                "提请检察院批准逮捕",
                "Arrest requested");
        act(PROC, arrest, "accept", "", "检察院受理审查", "The procuratorate takes the request");
        act(
                PROC,
                arrest,
                "approve",
                "\"documentNumber\": \"咸检捕〔2015〕1号\", \"participants\": [\"%s\"], %s"
                        .formatted(first, on("2015-05-19")),
                "2015-05-19（羁押第37日）批准逮捕第一人",
                "Arrest of the first approved on day 37 of custody");
        act(
                PROC,
                arrest,
                "refuse",
                ("\"documentNumber\": \"咸检不捕〔2015〕1号\", \"participants\": [\"%s\"],"
                                + " \"reasonCode\": \"NO_SOCIAL_DANGER\", %s")
                        .formatted(second, on("2015-05-19")),
                "不批准逮捕第二人：无社会危险性〔补〕",
                "Arrest of the second refused");
        stage.showSight(POLICE, arrest);
        act(POLICE, arrest, "execute", on("2015-05-20"), "2015-05-20 执行逮捕", "Arrest executed on 2015-05-20");
        act(POLICE, arrest, "notify", on("2015-05-20"), "通知家属〔日期补〕", "The family is told");
        stage.line("只见已执行逮捕者 / only who was arrested shows:");
        stage.showSight(POLICE, arrest);
        act(
                POLICE,
                arrest,
                "reconsider",
                "\"documentNumber\": \"咸公复议〔2015〕1号\"",
                "公安机关就第二人要求复议",
                "The police ask for reconsideration");
        act(PROC, arrest, "uphold", "\"documentNumber\": \"咸检复议〔2015〕1号\"", "复议维持", "The refusal is upheld");
    }

    private void conclude(String number) {
        String conclusion = create(
                POLICE, "/v1/investigations", "\"measure\": \"CONCLUSION\"", "侦查终结〔补〕", "The investigation concludes");
        act(POLICE, conclusion, "approve", "", "负责人批准", "Approved");
        act(
                POLICE,
                conclusion,
                "conclude",
                "\"documentNumber\": \"" + number + "\"",
                "制作起诉意见书",
                "Opinion for prosecution");
        act(
                POLICE,
                conclusion,
                "send",
                "\"documentNumber\": \"%s\", \"addressees\": [\"%s\"]".formatted(number, PROC),
                "移送审查起诉",
                "Sent for prosecution");
    }

    private String prosecution() {
        conclude("咸公诉字〔2015〕1号");
        String prosecution = create(
                PROC,
                "/v1/prosecutions",
                "\"receivedOn\": \"2015-07-20\", \"suspects\": [%s, %s]".formatted(defendant(first), defendant(second)),
                "检察院受理审查起诉〔日期补〕",
                "The procuratorate receives the case");
        act(
                PROC,
                prosecution,
                "return",
                ("\"documentNumber\": \"咸检补侦〔2015〕1号\", \"addressees\": [\"%s\"], \"note\": \"补充侦查提纲〔补〕\","
                                + " \"noStateSecret\": true")
                        .formatted(POLICE),
                "退回补充侦查一次",
                "Returned once for supplement");
        act(POLICE, prosecution, "resubmit", "\"documentNumber\": \"咸公补侦〔2015〕1号\"", "补充侦查完毕，重新移送", "Resubmitted");
        act(
                PROC,
                prosecution,
                "indict",
                "\"documentNumber\": \"咸检刑诉〔2015〕1号\", \"addressees\": [\"%s\"], \"participants\": [\"%s\"]"
                        .formatted(COURT, first),
                "对第一人提起公诉：法院此时才看见其案卷",
                "The first is indicted: only now the court sees his file");
        stage.showSight(PROC, prosecution);
        act(
                PROC,
                prosecution,
                "not-prosecute",
                "\"documentNumber\": \"咸检刑不诉〔2015〕1号\", \"participants\": [\"%s\"], \"reasonCode\": \"DISCRETIONARY\""
                        .formatted(second),
                "对第二人酌定不起诉",
                "The second is not prosecuted");
        return prosecution;
    }

    /** 行刑反向衔接: the opinion, the penalty and the reply. */
    private void wayBack() {
        String opinion = create(
                PROC,
                "/v1/supervisions",
                ("\"type\": \"REVERSE_TRANSFER\", \"target\": \"对被不起诉人给予行政处罚\", \"document\": \"OPINION\","
                        + " \"facts\": \"不起诉后需要给予行政处罚。〔补〕\", \"requestedOn\": \"2023-10-27\", \"dueOn\": \"2023-12-27\""),
                "检察院制作检察意见书：送达前他人看不见",
                "The procuratorate writes its opinion: out of sight before service");
        stage.showSight(PROC, opinion);
        act(
                PROC,
                opinion,
                "serve",
                "\"documentNumber\": \"咸检意见〔2023〕1号\", \"addressees\": [\"%s\"], %s".formatted(MSA, on("2023-10-27")),
                "2023-10-27 检察意见书送达市场监管局",
                "The opinion is served on 2023-10-27");
        String penalty = penalty();
        act(
                MSA,
                opinion,
                "answer",
                "\"note\": \"已作出行政处罚决定，书面回复。\", \"noStateSecret\": true, " + on("2023-12-15"),
                "市场监管局书面回复处理结果",
                "Market supervision replies in writing");
        act(PROC, opinion, "accept", "", "检察院认可", "The procuratorate accepts the reply");
        stage.showSight(MSA, penalty);
    }

    private String penalty() {
        SignedAnswer opened = stage.step(
                "市场监管局立案调查〔案件自立，不与刑事立案相连〕",
                "Market supervision opens its own case, not tied to the criminal one",
                201,
                cast.call(MSA, "POST", "/v1/penalties")
                        .idempotencyKey()
                        .body(utf8("""
                                {"noStateSecret": true, "content": {"rightType": "TRADEMARK", "facts": "销售侵犯注册商标专用权的商品。〔补〕",
                                 "caseNumber": "咸市监案字〔2023〕9号", "participants": [{"ref": "P", "type": "NATURAL_PERSON",
                                 "roles": ["PARTY"], "name": "某某〔补〕"}]}}
                                """))
                        .send());
        String path = "/v1/penalties/" + Cast.json(opened).path("id").asText();
        act(MSA, path, "notify", "\"documentNumber\": \"咸市监罚告〔2023〕9号\"", "处罚告知", "The party is notified");
        act(MSA, path, "decide", """
                "documentNumber": "咸市监处罚〔2023〕9号", "noStateSecret": true, "content": {"rightType": "TRADEMARK",
                 "facts": "销售侵犯注册商标专用权的商品。〔补〕", "caseNumber": "咸市监案字〔2023〕9号", "decisionType": "PENALTY",
                 "legalBasis": "商标法第六十条", "fine": "30000", "decidedOn": "2023-12-15",
                 "participants": [{"ref": "P", "type": "NATURAL_PERSON", "roles": ["PARTY"], "name": "某某〔补〕"}]}
                """, "2023-12-15 作出行政处罚决定〔金额补〕", "The penalty is decided on 2023-12-15");
        return path;
    }

    private void trial() {
        String judgment = judgment("FIRST", "（2016）鄂1202刑初1号", "", "CONVICTED", "法院受理一审", "First instance");
        act(
                COURT,
                judgment,
                "appeal",
                appealed("（2016）鄂1202刑初1号", "FIRST", "", "CONVICTED"),
                "被告人上诉",
                "The defendant appeals");
        String last = judgment(
                "SECOND", "（2016）鄂12刑终1号", "\"against\": \"（2016）鄂1202刑初1号\",", "UPHELD", "法院受理二审", "Second instance");
        act(COURT, last, "effect", on("2017-04-25"), "2017-04-25 二审裁判生效", "Effective on 2017-04-25");
        stage.showSight(COURT, last);
    }

    private String judgment(String instance, String number, String against, String outcome, String zh, String en) {
        String content = judgmentContent(instance, number, against, outcome);
        String path = create(COURT, "/v1/judgments", content, zh + "〔补〕", en);
        act(COURT, path, "hear", "", "开庭审理", "Heard");
        act(COURT, path, "pronounce", on("2017-04-20"), "宣判", "Pronounced");
        return path;
    }

    private String judgmentContent(String instance, String number, String against, String outcome) {
        return """
                "caseClass": "CRIMINAL", "instance": "%s", "court": "咸宁市中级人民法院", "caseNumber": "%s", %s
                "documentType": "JUDGMENT", "results": [{"participant": "%s", "outcome": "%s", "months": 36,
                "probationMonths": 48, "fine": "50000", "counts": [{"charge": "CL_213", "months": 36, "fine": "50000"}]}]
                """.formatted(instance, number, against, first, outcome);
    }

    private String appealed(String number, String instance, String against, String outcome) {
        return "\"noStateSecret\": true, \"content\": {%s, \"appealBy\": [\"DEFENDANT\"], \"participants\": [%s]}"
                .formatted(judgmentContent(instance, number, against, outcome).strip(), persons);
    }

    private void enforcement() {
        String enforcement = create(
                COURT,
                "/v1/enforcements",
                """
                "caseClass": "CRIMINAL", "type": "FINE", "basisNumber": "（2016）鄂12刑终1号", "caseNumber": "（2017）鄂1202执1号",
                "shares": [{"participant": "%s", "ordered": "50000", "collected": "20000"}],
                "instalments": [{"participant": "%s", "dueOn": "2017-06-30", "paidOn": "2017-06-28", "amount": "20000"},
                                {"participant": "%s", "dueOn": "2017-12-31", "amount": "30000"}]
                """.formatted(first, first, first),
                "罚金分期执行〔补〕",
                "The fine is enforced by instalments");
        act(COURT, enforcement, "proceed", "", "执行推进", "Enforcement proceeds");
        act(COURT, enforcement, "complete", on("2017-12-29"), "罚金执行完毕", "The fine is paid in full");
        stage.showSight(COURT, enforcement);
    }

    private String create(String unit, String path, String content, String zh, String en) {
        String body = "{\"filing\": \"%s\", \"noStateSecret\": true, \"content\": {%s, \"participants\": [%s]}}"
                .formatted(filing, content, persons);
        SignedAnswer created = stage.step(
                zh,
                en,
                201,
                cast.call(unit, "POST", path).idempotencyKey().body(utf8(body)).send());
        return path + "/" + Cast.json(created).path("id").asText();
    }

    private void act(String unit, String path, String act, String body, String zh, String en) {
        SignedAnswer seen = cast.call(unit, "GET", path).send();
        stage.step(
                zh,
                en,
                200,
                cast.call(unit, "POST", path + "/acts/" + act)
                        .idempotencyKey()
                        .ifMatch(Cast.etag(seen))
                        .body(utf8("{" + body + "}"))
                        .send());
    }

    private static String on(String day) {
        return "\"occurred\": {\"time\": \"%sT00:00:00+08:00\", \"precision\": \"DAY\"}".formatted(day);
    }

    private static String suspect(String id, String since) {
        return "{\"participant\": \"%s\", \"charge\": \"CL_213\", \"custodySince\": \"%s\"}".formatted(id, since);
    }

    private static String defendant(String id) {
        return "{\"participant\": \"%s\", \"charges\": [\"CL_213\"], \"pleaLeniency\": true, \"court\": \"咸宁市中级人民法院\"}"
                .formatted(id);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
