package org.xietong.app;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.client.PreparedRequest;
import org.xietong.client.Purpose;
import org.xietong.client.RawAnswer;
import org.xietong.client.SignedAnswer;

/**
 * The demonstration's story, on the published facts of two real cases: counterfeit liquor (Luoyang, 2023-01-03 and
 * 2023-01-09, 158 cases, value 2,840,000) and forged labels (Zhijiang). What the sources do not state is filled in and
 * marked 〔补〕. Dressed as Xianning: agencies and persons are the demonstration city's.
 */
final class Story {
    private static final String MSA = "MSA-421200";
    private static final String POLICE = "POLICE-421200";
    private static final String COPYRIGHT = "COPYRIGHT-421200";
    private static final String AUDITOR = "AUD-421200";
    private static final String DISTRICT = "MSA-421202";
    private static final String DISTRICT_POLICE = "POLICE-421202";

    private final Stage stage;
    private final Cast cast;
    private final @Nullable Path evidence;

    Story(DemonstrationCity city, URI base, @Nullable Path evidence) {
        this.evidence = evidence;
        cast = new Cast(city, base, evidence);
        stage = new Stage(cast, System.out);
    }

    /** True where every step did what it should. */
    boolean play() {
        stage.title("洛阳假冒五粮液案：从现场检查到公安立案", "Luoyang liquor: from the inspection to the police's filing");
        SignedAnswer clue = luoyangClue();
        String path = "/v1/clues/" + id(clue);
        stage.showSight(MSA, path);
        transfer(path, clue, MSA, POLICE, "咸市监移〔2023〕1号", "2023-01-09");
        String filing = filing(Cast.json(clue).path("matterId").asText());

        stage.title("从侦查到执行：武汉、海曙案的事实", "From investigation to enforcement, on the facts of Wuhan and Haishu");
        new WholeCase(stage).wuhan();
        new WholeCase(stage).haishu();

        stage.title("枝江非法制造注册商标标识案", "Zhijiang forged labels");
        zhijiang();

        stage.title("拒绝与防护", "Denials and defences");
        refusals(path, filing);

        stage.title("审计", "Audit");
        audit();
        keepEvidence();
        stage.line("");
        stage.expect("全部步骤均如预期", "every step did what it should", stage.everythingAsExpected());
        return stage.everythingAsExpected();
    }

    private SignedAnswer luoyangClue() {
        return stage.step(
                "市场监管局现场检查后登记线索：2023-01-03 查获 158 箱，货值 284 万元；当事人姓名、信用代码为〔补〕",
                "Market supervision registers the clue after its inspection; names and numbers are filled in",
                201,
                cast.call(MSA, "POST", "/v1/clues")
                        .idempotencyKey()
                        .body(utf8(StoryBodies.LUOYANG_CLUE))
                        .send());
    }

    private void transfer(String path, SignedAnswer from, String unit, String police, String number, String day) {
        SignedAnswer at = from;
        for (String act : List.of("triage", "accept")) {
            at = stage.step(
                    act.equals("triage") ? "线索研判〔补〕" : "线索受理〔补〕",
                    act.equals("triage") ? "The clue is triaged (filled in)" : "The clue is accepted (filled in)",
                    200,
                    cast.call(unit, "POST", path + "/acts/" + act)
                            .idempotencyKey()
                            .ifMatch(Cast.etag(at))
                            .body(utf8("{}"))
                            .send());
            stage.showSight(unit, path);
        }
        stage.step(
                day + " 书面移送公安机关，办案人员本人签名；文号" + number + "〔补〕",
                "Transferred to the police in writing, signed by the officer's own key; document number filled in",
                200,
                cast.signed(unit, 1, "POST", path + "/acts/transfer")
                        .idempotencyKey()
                        .ifMatch(Cast.etag(at))
                        .body(utf8(StoryBodies.transfer(number, police, day)))
                        .send());
        stage.showSight(unit, path);
    }

    private String filing(String matter) {
        SignedAnswer received = stage.step(
                "公安机关受案〔日期补〕",
                "The police take the case under review (date filled in)",
                201,
                cast.call(POLICE, "POST", "/v1/filings")
                        .idempotencyKey()
                        .body(utf8(StoryBodies.filing(matter)))
                        .send());
        String path = "/v1/filings/" + id(received);
        stage.showSight(POLICE, path);
        stage.step(
                "公安机关决定立案，办案人员本人签名；文号与日期为〔补〕",
                "The police decide to file, signed by the officer's own key; number and date filled in",
                200,
                cast.signed(POLICE, 1, "POST", path + "/acts/file")
                        .idempotencyKey()
                        .ifMatch(Cast.etag(received))
                        .body(utf8(StoryBodies.FILE))
                        .send());
        stage.showSight(POLICE, path);
        return path;
    }

    private void zhijiang() {
        SignedAnswer clue = stage.step(
                "区市场监管局发现线索（日期、数量为〔补〕）",
                "The district's market supervision finds the clue (date and quantity filled in)",
                201,
                cast.call(DISTRICT, "POST", "/v1/clues")
                        .idempotencyKey()
                        .body(utf8(StoryBodies.ZHIJIANG_CLUE))
                        .send());
        stage.showSight(DISTRICT, "/v1/clues/" + id(clue));
        transfer("/v1/clues/" + id(clue), clue, DISTRICT, DISTRICT_POLICE, "咸安市监移〔2023〕3号", "2023-03-06");
    }

    private void refusals(String clue, String filing) {
        stage.step(
                "版权局查询该立案：看不见，与不存在同答",
                "The copyright bureau asks for the filing: out of sight, answered like one that does not exist",
                404,
                "NOT_FOUND",
                cast.call(COPYRIGHT, "GET", filing).send());
        stage.step(
                "市场监管局替公安机关撤案：可见但无权",
                "Market supervision tries to withdraw the police's filing: it sees it, and has no right",
                403,
                "FORBIDDEN",
                cast.signed(MSA, 1, "POST", filing + "/acts/withdraw")
                        .idempotencyKey()
                        .ifMatch("\"any\"")
                        .body(utf8("{}"))
                        .send());
        stage.step(
                "标有“机密★5年”的材料：拒收，内容不留存",
                "Material marked as a state secret: refused, and nothing of it kept",
                422,
                "STATE_SECRET_REFUSED",
                cast.call(MSA, "POST", "/v1/clues")
                        .idempotencyKey()
                        .body(utf8(StoryBodies.STATE_SECRET))
                        .send());
        replay(clue);
    }

    private void replay(String clue) {
        PreparedRequest request = cast.client(POLICE)
                .call("GET", clue)
                .purpose(Purpose.of("case-handling"))
                .prepare();
        cast.client(POLICE).exchange(request);
        RawAnswer again = cast.client(POLICE).exchangeUnverified(request);
        stage.step(
                "同一请求原样重放：拒绝",
                "The very same request again: refused as a replay",
                409,
                "REPLAYED",
                cast.client(POLICE).verify(request, again));
    }

    private void audit() {
        SignedAnswer list = stage.step(
                "审计组列出交换（无案件内容）",
                "The auditor lists the exchanges; they hold no case content",
                200,
                cast.audit(AUDITOR, "/v1/exchanges?limit=100").send());
        Cast.json(list)
                .path("items")
                .forEach(row -> stage.line("%s  %-17s %-14s %-7s %-6s %d  %s"
                        .formatted(
                                row.path("time").asText(),
                                row.path("unit").asText(),
                                row.path("operation").asText(),
                                row.path("kind").asText("-"),
                                row.path("outcome").asText(),
                                row.path("status").asInt(),
                                row.path("rule").asText())));
    }

    private void keepEvidence() {
        if (evidence != null) {
            int exchanges = cast.exchanges();
            int entries = cast.fetchEntries();
            stage.expect(
                    "每次交换的证据与日志条目已由客户端保存：" + entries,
                    "the client kept evidence and journal entry of every exchange",
                    entries == exchanges);
        }
    }

    private static UUID id(SignedAnswer answer) {
        return UUID.fromString(Cast.json(answer).path("id").asText());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
