package org.xietong.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;

/** The auditors of the city and an inquiry of theirs. */
public final class Audits {
    /** Every agency. */
    public static final String ALL = "COURT,PROC,POLICE,MSA,IPO,COPYRIGHT,MED,AUD";

    private final City city;
    private final String number;

    private Audits(City city, String number) {
        this.city = city;
        this.number = number;
    }

    /** Auditors without an inquiry; their purpose names a number of its own. */
    public static Audits of(City city) {
        return new Audits(city, "咸审〔2023〕" + UUID.randomUUID().toString().substring(0, 8) + "号");
    }

    /** With an approved inquiry into all that was exchanged. */
    public static Audits opened() {
        Audits audits = of(City.current());
        audits.approved(audits.draft(ALL));
        return audits;
    }

    public String number() {
        return number;
    }

    /** Of this year and the last; into these agencies and matters. */
    public String draft(String agencies, UUID... matters) {
        return draft("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z", agencies, matters);
    }

    public String draft(String from, String until, String agencies, UUID... matters) {
        return """
                {"documentNumber": "%s", "agencies": [%s], "matterIds": [%s], "from": "%s", "until": "%s",
                 "reason": "年度检查"}
                """.formatted(
                        number,
                        Arrays.stream(agencies.split(","))
                                .map(agency -> '"' + agency + '"')
                                .collect(Collectors.joining(",")),
                        Arrays.stream(matters).map(id -> "\"" + id + '"').collect(Collectors.joining(",")),
                        from,
                        until);
    }

    public SignedAnswer propose(int officer, String draft) {
        return call(officer, "POST", "/v1/inquiries")
                .idempotencyKey()
                .body(City.utf8(draft))
                .send();
    }

    public JsonNode proposed(String draft) {
        return reply(propose(1, draft)).requireStatus(201).json();
    }

    public SignedAnswer approve(int officer, JsonNode inquiry) {
        return call(officer, "POST", "/v1/inquiries/" + inquiry.get("id").asText() + "/approve")
                .idempotencyKey()
                .body(City.utf8("{\"digest\": \"" + inquiry.get("digest").asText() + "\"}"))
                .send();
    }

    public JsonNode approved(String draft) {
        return reply(approve(2, proposed(draft))).requireStatus(200).json();
    }

    public SignedAnswer close(JsonNode inquiry) {
        return call("POST", "/v1/inquiries/" + inquiry.get("id").asText() + "/close")
                .idempotencyKey()
                .send();
    }

    /** Who saw what; {@code sought} is a property of the body, and what more it needs. */
    public SignedAnswer search(String sought) {
        return call("POST", "/v1/disclosures/search")
                .body(City.utf8("{" + sought + "}"))
                .send();
    }

    /** By the first officer, with his key, for this inquiry. */
    public Call call(String method, String target) {
        return call(1, method, target);
    }

    public Call call(int officer, String method, String target) {
        String id = City.AUD + "-00" + officer;
        return city.client(City.AUD)
                .call(method, target)
                .purpose(purpose())
                .officer(new OfficerName(id, City.AUD, "ukey"), city.keys().officer(id));
    }

    public Purpose purpose() {
        return new Purpose("audit", Optional.empty(), Optional.of(number));
    }

    public static Reply reply(SignedAnswer answer) {
        return new Reply(answer.status(), answer.headers(), answer.body());
    }
}
