package org.xietong.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.AdminRole;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedClient;
import org.xietong.crypto.Signer;

/** The city's administrators at their console: the three of the directory file, and those that a test adds. */
public final class Administrators {
    public static final String UNIT = DemonstrationCity.ADMINISTRATION;
    public static final String SYSTEM = DemonstrationCity.administrator(AdminRole.SYSTEM_ADMIN);
    public static final String SECURITY = DemonstrationCity.administrator(AdminRole.SECURITY_ADMIN);
    public static final String AUDIT = DemonstrationCity.administrator(AdminRole.AUDIT_ADMIN);

    private final City city;
    private final Map<String, Signer> added = new LinkedHashMap<>();
    private @Nullable SignedClient console;

    private Administrators(City city) {
        this.city = city;
    }

    public static Administrators of(City city) {
        return new Administrators(city);
    }

    /** Makes known the key of an officer whom the test has registered. */
    public void knows(String officer, Signer key) {
        added.put(officer, key);
    }

    /** A call from the console that the officer signs with his own key. */
    public Call call(String officer, String method, String target) {
        Signer key = added.get(officer);
        return unsigned(method, target)
                .officer(
                        new OfficerName(officer, UNIT, "ukey"),
                        key == null ? city.keys().officer(officer) : key);
    }

    /** A call from the console without an officer. */
    public Call unsigned(String method, String target) {
        if (console == null) {
            console = SignedClient.at(
                    city.base(),
                    DemonstrationCity.AUTHORITY,
                    city.keys().console(),
                    city.keys().platformCertificates());
        }
        return console.call(method, "/v1/admin/" + target).purpose(Purpose.of("administration"));
    }

    public Reply read(String officer, String target) {
        return send(call(officer, "GET", target));
    }

    public Reply post(String officer, String target, String body) {
        Call call = call(officer, "POST", target).idempotencyKey();
        return send(body.isEmpty() ? call : call.body(City.utf8(body)));
    }

    /** Proposed by the system administrator. */
    public JsonNode proposed(String target, String body) {
        return post(SYSTEM, target, body).requireStatus(201).json();
    }

    public Reply decide(String officer, String verdict, JsonNode proposal) {
        return post(officer, "changes/" + proposal.get("id").asText() + "/" + verdict, decision(proposal));
    }

    /** Proposed by the system administrator and approved by the security administrator. */
    public JsonNode done(String target, String body) {
        JsonNode approved = decide(SECURITY, "approval", proposed(target, body))
                .requireStatus(200)
                .json();
        assertEquals("APPROVED", approved.path("state").asText());
        return approved;
    }

    public static String decision(JsonNode proposal) {
        return "{\"digest\": \"" + proposal.get("digest").asText() + "\"}";
    }

    public Reply send(Call call) {
        return city.wire().send(call.prepare());
    }
}
