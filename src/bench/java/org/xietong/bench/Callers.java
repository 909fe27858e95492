package org.xietong.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.PreparedRequest;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.client.SignedClient;

/** The case systems that call: the market supervision that owns clues, and the procuratorate that sees them. Keys are SM2. */
final class Callers {
    private static final String OWNER = "MSA-421200";
    static final String SUPERVISOR = "PROC-421200";
    private static final Duration VALIDITY = Duration.ofSeconds(300);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SignedClient owner;
    private final SignedClient supervisor;
    private final String host;

    Callers(DemonstrationCity city, URI base) {
        owner = client(city, base, OWNER);
        supervisor = client(city, base, SUPERVISOR);
        host = base.getRawAuthority();
    }

    private static SignedClient client(DemonstrationCity city, URI base, String unit) {
        return SignedClient.at(base, DemonstrationCity.AUTHORITY, city.system(unit), city.platformCertificates());
    }

    /** Registers clues through the API, and makes sure that the two readers see what they are said to see. */
    List<String> register(int count) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SignedAnswer answer = owner.exchange(create());
            if (answer.status() != 201) {
                throw new BenchException("准备数据失败 " + text(answer), "the data cannot be prepared");
            }
            ids.add(JSON.readTree(answer.body()).path("id").asText());
        }
        requireView("FULL", owner.exchange(full(ids.getFirst())));
        requireView("SUMMARY", supervisor.exchange(summary(ids.getFirst())));
        return ids;
    }

    /** The owner's attended read. */
    PreparedRequest full(String id) {
        return attended(owner, "GET", "/v1/clues/" + id).prepare();
    }

    /** The procuratorate's unattended read. */
    PreparedRequest summary(String id) {
        return supervisor
                .call("GET", "/v1/clues/" + id)
                .purpose(Purpose.of("case-handling"))
                .validity(VALIDITY)
                .prepare();
    }

    /** The procuratorate's unattended look at the feed; the answer is verified. */
    SignedAnswer changes(String query) {
        return supervisor
                .call("GET", "/v1/changes" + query)
                .purpose(Purpose.of("case-handling"))
                .send();
    }

    /** A new clue in a new matter. */
    PreparedRequest create() {
        return attended(owner, "POST", "/v1/clues")
                .idempotencyKey()
                .body(draft())
                .prepare();
    }

    /** The bare read of the same row. */
    byte[] bareRead(String id) {
        return ("GET /bench/records/" + id + " HTTP/1.1\r\nhost: " + host + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The bare insert of the same body. */
    byte[] bareWrite() {
        byte[] body = draft();
        byte[] head = ("POST /bench/rows HTTP/1.1\r\nhost: " + host + "\r\ncontent-type: application/json\r\n"
                        + "content-length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    byte[] bytes(PreparedRequest request) {
        return request.toHttp11Bytes(host);
    }

    /** Tokens live ten minutes: what is signed next gets fresh ones. */
    void renewTokens() {
        owner.forgetToken();
        supervisor.forgetToken();
    }

    /** A clue of the usual size; the case system's own number differs each time. */
    static byte[] draft() {
        return """
                {"noStateSecret": true, "sourceRef": "%s",
                 "occurred": {"time": "2023-01-03T00:00:00+08:00", "precision": "DAY"},
                 "content": {
                   "rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION",
                   "title": "销售假冒注册商标的商品案", "facts": "现场检查发现假冒白酒158箱，货值金额284万元，当事人无法提供合法来源。",
                   "place": "421200", "foundOn": "2023-01-03", "suspectedArticle": "CL_214",
                   "goods": [{"name": "白酒", "quantity": "158", "unit": "CASE", "value": "2840000"}],
                   "amounts": [{"type": "GOODS_VALUE", "value": "2840000", "unit": "CNY", "basis": "ESTIMATE"}],
                   "participants": [
                     {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张某某",
                      "identifiers": [{"type": "RESIDENT_NUMBER", "value": "11010519491231002X",
                        "verified": true, "verification": "DOCUMENT_SEEN"}]},
                     {"ref": "U1", "type": "UNIT", "roles": ["SUSPECT"], "name": "某酒业商行"}],
                   "informant": {"anonymous": false, "name": "李某", "contact": "0715-0000000", "confidential": true}
                 }}
                """.formatted(UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    }

    private static Call attended(SignedClient client, String method, String target) {
        return client.call(method, target)
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName(OWNER + "-001", OWNER, "ukey"))
                .validity(VALIDITY);
    }

    private static void requireView(String view, SignedAnswer answer) throws IOException {
        JsonNode meta = JSON.readTree(answer.body()).path("meta");
        if (answer.status() != 200 || !meta.path("view").asText().equals(view)) {
            throw new BenchException("读取不是 " + view + "：" + text(answer), "a read is not " + view);
        }
    }

    private static String text(SignedAnswer answer) {
        return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }
}
