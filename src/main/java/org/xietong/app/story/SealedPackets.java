package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.xietong.app.OutsideSeat;
import org.xietong.app.story.OutsideParty.Opened;
import org.xietong.client.SignedAnswer;
import org.xietong.matter.Occurred;

/**
 * To recipients without an account: a patent case, which the court of the city signs beside market supervision, goes to the Wuhan IP court
 * sealed to its certificate, and its signed receipt moves the case on; a clue goes to another city's agency by passphrase, and a scan comes back.
 */
final class SealedPackets {
    private static final String MSA = "MSA-421200";
    private static final String COURT = "COURT-421200";
    private static final String FACTS = "某酒业商行销售的灌装设备涉嫌落入专利保护范围〔补〕。";

    private final Stage stage;
    private final Steps steps;
    private final Cast cast;

    SealedPackets(Stage stage) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.cast = stage.cast();
    }

    void play() {
        try (OutsideParty party = new OutsideParty(cast.city())) {
            boolean able = party.isAble();
            if (!able) {
                stage.line("本机没有支持 SM2 的 openssl 3，接收单位的打开和核验从略");
                stage.line("No openssl 3 with SM2 here: what recipients do to open and check is left out");
            }
            patentCase(able ? Optional.of(party) : Optional.empty());
            clue(able ? Optional.of(party) : Optional.empty());
        }
    }

    private void patentCase(Optional<OutsideParty> party) {
        String referral = steps.made(
                MSA,
                "/v1/patent-referrals",
                """
                {"noStateSecret": true,
                 "content": {"title": "实用新型专利侵权纠纷案〔补〕", "cause": "CIVIL_PATENT", "facts": "%s",
                   "registrationNumbers": [{"type": "PATENT", "value": "ZL200310102344.5"}],
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["PARTY"], "name": "某某〔补〕"}]}}
                """.formatted(FACTS),
                "市场监管局提出专利案件移送（第7条）",
                "Market supervision raises the referral of a patent case (article 7)");
        String attachment = steps.attach(
                MSA,
                referral,
                "技术特征比对表.pdf",
                CompositeCase.RECORD,
                "技术特征比对表作为附件",
                "The comparison of features is attached");
        steps.act(
                MSA,
                referral,
                "request",
                "\"documentNumber\": \"咸市监商〔2021〕7号\", \"addressees\": [\"%s\"]".formatted(COURT),
                "商请市中级人民法院协调",
                "The court of the city is asked to coordinate it");
        String draft = draft(
                OutsideSeat.IP_COURT, "FULL", "咸市监函〔2021〕7号", "\"attachments\": [\"%s\"],".formatted(id(attachment)));
        steps.post(
                MSA, 1, referral + "/packets", draft, 409, "法院签署前不能送出", "Nothing leaves before the court has signed");
        steps.act(
                COURT,
                referral,
                "coordinate",
                "\"documentNumber\": \"咸中法协〔2021〕7号\"",
                "法院以本人密钥签署协调意见",
                "The court's officer signs beside it, with his own key");
        JsonNode packet = sent(referral, draft, "制作数据包：平台签名，加密给武汉知识产权法庭的证书");
        byte[] sealed = collected(referral, packet);
        party.ifPresent(recipient -> openedByTheCourt(recipient, sealed));
        receipt(
                referral,
                packet,
                "\"signature\": \"%s\"".formatted(signed(packet)),
                "登记武汉知识产权法庭签名的回执：核验其签名，案件随之移送完毕",
                "The court's signed receipt is entered: its signature is checked, and moves the case on");
        stage.expect(
                "回执经签名核验，移送状态为已收到",
                "the receipt is verified, and the referral received",
                acknowledged(referral, true)
                        && steps.read(MSA, referral).path("state").asText().equals("RECEIVED"));
        steps.act(
                MSA,
                referral,
                "conclude",
                "\"note\": \"已立案审理〔补〕。\", \"noStateSecret\": true",
                "武汉知识产权法庭告知结果",
                "The result, as that court let know");
        stage.showSight("专利案件移送", "the referral", MSA, referral);
    }

    private void openedByTheCourt(OutsideParty party, byte[] sealed) {
        byte[] changed = sealed.clone();
        changed[changed.length - 40] ^= 1;
        stage.expect(
                "武汉知识产权法庭只用 openssl 以自己的密钥打开，用平台脚本核验签名和清单",
                "the Wuhan IP court opens it with its key and openssl alone, and the operator's script checks signatures and manifest",
                party.opened(sealed, OutsideSeat.IP_COURT)
                        .filter(opened ->
                                opened.record().at("/content/facts").asText().equals(FACTS)
                                        && Arrays.equals(opened.attachment(), CompositeCase.RECORD))
                        .isPresent());
        stage.expect(
                "途中改动一个比特即打不开",
                "with one bit changed under way it opens to nobody",
                party.opened(changed, OutsideSeat.IP_COURT).isEmpty());
    }

    private void clue(Optional<OutsideParty> party) {
        String clue = steps.made(MSA, "/v1/clues", """
                {"noStateSecret": true, "label": {"level": "INTERNAL"},
                 "content": {"rightType": "TRADEMARK", "trigger": "EVIDENCE", "source": "INSPECTION", "title": "假冒白酒的仓库在黄石〔补〕",
                   "facts": "物流单据显示货物发自黄石市的仓库〔补〕。", "place": "420202", "foundOn": "2021-03-02",
                   "informant": {"anonymous": false, "name": "某某〔补〕", "confidential": true},
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "辛某某〔补〕"}]}}
                """, "另一线索：违法行为发生在黄石市", "Another clue: it happened in Huangshi");
        JsonNode packet =
                sent(clue, draft(OutsideSeat.HUANGSHI_MSA, "FULL", "咸市监函〔2021〕8号", ""), "送黄石市市场监督管理局：无证书，以一次性口令加密");
        String passphrase = packet.path("passphrase").asText();
        stage.expect(
                "口令只在这一次答复中，另行告知；以后不再显示",
                "the passphrase is in this answer alone, and told by another way",
                !passphrase.isEmpty() && !steps.read(MSA, at(clue, packet)).has("passphrase"));
        byte[] sealed = collected(clue, packet);
        party.ifPresent(recipient -> openedByPassphrase(recipient, sealed, passphrase));
        String scan = steps.attach(
                MSA, clue, "回执.pdf", CompositeCase.RECORD, "盖章的纸质回执扫描登记", "The stamped receipt is scanned");
        receipt(
                clue,
                packet,
                "\"scan\": \"%s\", \"receivedOn\": \"%s\"".formatted(id(scan), LocalDate.now(Occurred.ZONE)),
                "登记扫描的回执",
                "The scanned receipt is entered");
        stage.expect("扫描的回执标明未经核验", "the scan is marked as checked by nobody", acknowledged(clue, false));
    }

    private void openedByPassphrase(OutsideParty party, byte[] sealed, String passphrase) {
        Optional<Opened> opened = party.opened(sealed, passphrase);
        stage.expect(
                "凭口令打开并核验，举报人不在其中；口令不符打不开",
                "the passphrase opens it, and the packet passes its check, without the informant; another opens nothing",
                opened.filter(each -> each.record().at("/content").has("facts")
                                        && !each.record().at("/content").has("informant"))
                                .isPresent()
                        && party.opened(sealed, passphrase.substring(1) + '2').isEmpty());
    }

    private static String draft(OutsideSeat recipient, String view, String number, String more) {
        return """
                {%s "recipient": "%s", "view": "%s", "purpose": "移送有管辖权的机关", "documentNumber": "%s", "noStateSecret": true}
                """.formatted(more, recipient.id(), view, number);
    }

    private JsonNode sent(String record, String draft, String zh) {
        return steps.post(
                MSA,
                1,
                record + "/packets",
                draft,
                201,
                zh,
                "A packet is made: signed by the platform, and sealed for its recipient");
    }

    private byte[] collected(String record, JsonNode packet) {
        SignedAnswer answer =
                cast.signed(MSA, 1, "GET", at(record, packet) + "/content").send();
        return stage.step(
                        "取出加密文件转交：取出不是送达",
                        "The sealed file is fetched to be conveyed, which is no delivery",
                        200,
                        answer)
                .body();
    }

    private void receipt(String record, JsonNode packet, String proof, String zh, String en) {
        String body = "{\"outcome\": \"RECEIVED\", %s, \"noStateSecret\": true}".formatted(proof);
        steps.post(MSA, 1, at(record, packet) + "/receipts", body, 201, zh, en);
    }

    /** The four lines of a receipt, signed bare as an SM2 key does. */
    private String signed(JsonNode packet) {
        String text = "xietong packet receipt v1\npacket %s\nsha256 %s\noutcome RECEIVED\n"
                .formatted(packet.path("id").asText(), packet.path("sha256").asText());
        try {
            return Base64.getEncoder()
                    .encodeToString(cast.city().outside(OutsideSeat.IP_COURT).sign(Steps.utf8(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean acknowledged(String record, boolean verified) {
        for (JsonNode each : steps.read(MSA, record + "/deliveries").path("items")) {
            if (each.has("outsideRecipient")) {
                return each.path("state").asText().equals("ACKNOWLEDGED")
                        && each.at("/acknowledged/verified").asBoolean(!verified) == verified;
            }
        }
        return false;
    }

    private static String at(String record, JsonNode packet) {
        return record + "/packets/" + packet.path("id").asText();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
