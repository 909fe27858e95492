package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xietong.agency.AdminRole;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Pem;

/** 三员: what widens the directory is proposed by one administrator and approved by another, each with his own key. */
final class Administering {
    private static final String SYSTEM = DemonstrationCity.administrator(AdminRole.SYSTEM_ADMIN);
    private static final String SECURITY = DemonstrationCity.administrator(AdminRole.SECURITY_ADMIN);
    private static final String NEWCOMER = "MSA-421200-003";
    private static final String COMMITTEE = """
            {"id": "MED-421200", "agency": "MED", "division": "421200", "name": "咸宁市知识产权人民调解委员会",
             "responsible": "秘书处 某某", "telephone": "0715-0000000"}
            """;

    private final Stage stage;
    private final Cast cast;

    Administering(Stage stage) {
        this.stage = stage;
        this.cast = stage.cast();
    }

    void play() {
        post(
                SYSTEM,
                "units",
                COMMITTEE.replace("秘书处 某某", ""),
                422,
                "没有责任人员的单位不能登记为启用（第10条）",
                "A unit without a responsible person cannot be registered as active (article 10)");
        approved("units", COMMITTEE, "人民调解委员会登记入册", "the mediation committee is registered");
        approved(
                "officers",
                "{\"id\": \"%s\", \"unit\": \"MSA-421200\", \"name\": \"某某\", \"title\": \"执法人员\"}".formatted(NEWCOMER),
                "新办案人员登记",
                "a new officer is registered");
        approved("officers/" + NEWCOMER + "/certificates", certificate(), "其证书登记", "his certificate is registered");
        post(
                SECURITY,
                "officers/" + NEWCOMER + "/suspension",
                "",
                200,
                "停用该办案人员：只需一人，五秒内生效",
                "Suspending him needs one alone, and holds within five seconds");
        stage.step(
                "管理员读取线索：管理员一律不读案件",
                "An administrator asks for clues: administrators read no case",
                403,
                "FORBIDDEN",
                cast.console(SECURITY, "GET", "/v1/clues").send());
    }

    private void approved(String target, String body, String zh, String en) {
        JsonNode proposal = post(SYSTEM, target, body, 201, "系统管理员提议：" + zh, "Proposed: " + en);
        String decision = "{\"digest\": \"" + proposal.path("digest").asText() + "\"}";
        String approval = "changes/" + proposal.path("id").asText() + "/approval";
        post(SECURITY, approval, decision, 200, "安全管理员以自己的密钥批准", "Approved by the security administrator's own key");
    }

    private JsonNode post(String officer, String target, String body, int status, String zh, String en) {
        var call = cast.console(officer, "POST", "/v1/admin/" + target).idempotencyKey();
        SignedAnswer answer = (body.isEmpty() ? call : call.body(Steps.utf8(body))).send();
        return Cast.json(stage.step(zh, en, status, answer));
    }

    private String certificate() {
        try {
            return new ObjectMapper()
                    .createObjectNode()
                    .put(
                            "certificate",
                            Pem.ofCertificate(cast.city()
                                    .issue(KeyAlgorithm.SM2, NEWCOMER)
                                    .certificate()))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
