package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.xietong.client.Call;
import org.xietong.testing.City;

/** Two officers of the owner who erase, for tests. */
final class TwoErase {
    private final City city;
    private final String owner;

    TwoErase(City city, String owner) {
        this.city = city;
        this.owner = owner;
    }

    /** @param target the target's field and value, and what belongs to it */
    static String draft(String target) {
        return """
                {%s, "basis": "PIPL_47", "documentNumber": "咸市监删〔2026〕1号", "reason": "本人申请删除，经审查成立",
                 "noStateSecret": true}
                """.formatted(target);
    }

    static String record(String id) {
        return draft("\"recordId\": \"" + id + "\"");
    }

    Call propose(int officer, String draft) {
        return city.signed(owner, officer, "POST", "/v1/erasures")
                .idempotencyKey()
                .body(City.utf8(draft));
    }

    JsonNode proposed(String draft) {
        return TwoKeys.done(201, propose(1, draft).send());
    }

    Call approve(int officer, JsonNode proposal) {
        return city.signed(
                        owner,
                        officer,
                        "POST",
                        "/v1/erasures/" + proposal.get("id").asText() + "/approve")
                .idempotencyKey()
                .body(TwoKeys.digest(proposal));
    }

    JsonNode erased(String draft) {
        return TwoKeys.done(200, approve(2, proposed(draft)).send());
    }
}
