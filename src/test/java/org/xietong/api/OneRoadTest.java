package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** A clue from the market inspection to the police's filing, each system with its own key, over real HTTP. */
@QuarkusTest
@WithTestResource(CityResource.class)
class OneRoadTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aClueBecomesAPoliceFiling() throws IOException {
        City city = City.current();
        SignedAnswer created = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .send();
        assertEquals(201, created.status(), new String(created.body()));
        JsonNode clue = JSON.readTree(created.body());
        String path = "/v1/clues/" + clue.get("id").asText();

        SignedAnswer at = created;
        for (String act : new String[] {"triage", "accept"}) {
            at = city.call(City.MSA, "POST", path + "/acts/" + act)
                    .idempotencyKey()
                    .ifMatch(etag(at))
                    .body(City.utf8("{}"))
                    .send();
            assertEquals(200, at.status(), new String(at.body()));
        }
        SignedAnswer transferred = city.signed(City.MSA, 1, "POST", path + "/acts/transfer")
                .idempotencyKey()
                .ifMatch(etag(at))
                .body(City.utf8("""
                        {"documentNumber": "咸市监移〔2023〕1号", "addressees": ["POLICE-421200"],
                         "occurred": {"time": "2023-01-09T00:00:00+08:00", "precision": "DAY"}}
                        """))
                .send();
        assertEquals(200, transferred.status(), new String(transferred.body()));

        SignedAnswer seen = city.call(City.POLICE, "GET", path).send();
        assertEquals(200, seen.status(), new String(seen.body()));
        assertEquals("FULL", JSON.readTree(seen.body()).at("/meta/view").asText());

        SignedAnswer filing = city.call(City.POLICE, "POST", "/v1/filings")
                .idempotencyKey()
                .body(City.utf8(
                        Drafts.filing(UUID.fromString(clue.get("matterId").asText()), "")))
                .send();
        assertEquals(201, filing.status(), new String(filing.body()));
        String filingPath =
                "/v1/filings/" + JSON.readTree(filing.body()).get("id").asText();
        SignedAnswer filed = city.signed(City.POLICE, 1, "POST", filingPath + "/acts/file")
                .idempotencyKey()
                .ifMatch(etag(filing))
                .body(City.utf8("{\"documentNumber\": \"咸公（食药环）立字〔2023〕1号\"}"))
                .send();
        assertEquals(200, filed.status(), new String(filed.body()));

        SignedAnswer sender = city.call(City.MSA, "GET", filingPath).send();
        assertEquals("SUMMARY", JSON.readTree(sender.body()).at("/meta/view").asText());
        assertEquals(404, city.call(City.COPYRIGHT, "GET", filingPath).send().status());
        assertEquals(
                200, city.call(City.MSA, "GET", "/v1/clues?count=true").send().status());
    }

    private static String etag(SignedAnswer answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
