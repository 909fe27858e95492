package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.client.OfficerName;
import org.xietong.client.PreparedRequest;
import org.xietong.client.Purpose;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Nonces;
import org.xietong.crypto.Signer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Forge;
import org.xietong.testing.Forge.Hand;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/**
 * The officer's signature: only his own key, over the same request, in his own name (I11). The system is known by then,
 * so every failure is journaled, and changes nothing (I3).
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class OfficerSignatureAttackTest {
    private static final String INVALID = "OFFICER_SIGNATURE_INVALID";

    private City city;
    private Stored stored;
    private Wire wire;
    private Signer system;
    private Signer officer;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
        system = city.keys().system(City.MSA);
        officer = city.keys().officer("MSA-421200-001");
        city.call(City.MSA, "GET", "/v1/policy").send();
    }

    @Test
    void theOfficersOwnSignaturePasses() {
        PreparedRequest write = write();
        wire.send(signed(write, Hand.honest("officer", officer, write))).requireStatus(201);
    }

    @Test
    void aSystemsKeyIsNoOfficers() {
        PreparedRequest write = write();
        refused(signed(write, Hand.honest("officer", system, write)), 401, INVALID);
    }

    @Test
    void aColleagueCannotSignForTheOfficerNamed() {
        PreparedRequest write = write();
        refused(signed(write, Hand.honest("officer", city.keys().officer("MSA-421200-002"), write)), 401, INVALID);
    }

    @Test
    void anOfficerOfAnotherUnitCannotSign() {
        PreparedRequest write = write();
        refused(signed(write, Hand.honest("officer", city.keys().officer("POLICE-421200-001"), write)), 401, INVALID);
    }

    @Test
    void anUnknownKeyCannotSign() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Signer stranger = KeyFile.generate(
                        KeyAlgorithm.SM2, "MSA-421200-001", now.minusSeconds(60), now.plusSeconds(600))
                .signer();
        PreparedRequest write = write();
        refused(signed(write, Hand.honest("officer", stranger, write)), 401, INVALID);
        refused(
                signed(
                        write,
                        new Hand("officer", stranger, Forge.components(write), Forge.parameters(officer.keyId()))),
                401,
                INVALID);
    }

    @Test
    void anOfficersSignatureOverLessIsRefused() {
        PreparedRequest write = write();
        for (String component : Forge.components(write)) {
            List<String> without = new ArrayList<>(Forge.components(write));
            without.remove(component);
            refused(
                    signed(write, new Hand("officer", officer, without, Forge.parameters(officer.keyId()))),
                    401,
                    INVALID);
        }
    }

    @Test
    void anOfficersSignatureOverAnotherRequestIsRefused() {
        PreparedRequest write = write();
        PreparedRequest other = write();
        PreparedRequest both = signed(other, Hand.honest("officer", officer, other));
        Hand honest = Hand.honest("sys", system, write);
        PreparedRequest mixed = Forge.sign(write, honest);
        refused(
                mixed.withAddedHeader("signature-input", member(both, "signature-input"))
                        .withAddedHeader("signature", member(both, "signature")),
                401,
                INVALID);
    }

    @Test
    void anOfficersSignatureOutsideTheClockWindowIsRefused() {
        PreparedRequest write = write();
        for (long[] times : new long[][] {{-130, -10}, {90, 150}, {0, 301}}) {
            Hand late = new Hand(
                    "officer",
                    officer,
                    Forge.components(write),
                    Forge.parameters(officer.keyId(), Nonces.next(), times[0], times[1]));
            refused(signed(write, late), 401, "SIGNATURE_OUTSIDE_CLOCK_WINDOW");
        }
    }

    @Test
    void anOfficerWhoIsNotNamedCannotSign() {
        PreparedRequest unnamed = city.unattended(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .prepare();
        refused(signed(unnamed, Hand.honest("officer", officer, unnamed)), 401, INVALID);
    }

    @Test
    void aLabelReviewNeedsTheOfficersOwnKey() {
        Registered clue = Registered.clue(city);
        PreparedRequest unsigned = city.call(City.MSA, "POST", clue.path() + "/label-review")
                .idempotencyKey()
                .ifMatch(clue.etag())
                .prepare();
        refused(unsigned, 403, "OFFICER_SIGNATURE_REQUIRED");
    }

    @Test
    void anOfficerOfAnotherUnitCannotBeNamed() {
        PreparedRequest foreign = city.client(City.MSA)
                .call("GET", "/v1/clues")
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName("POLICE-421200-001", "POLICE-421200", "ukey"))
                .prepare();
        refused(foreign, 400, "OFFICER_UNKNOWN");
        PreparedRequest disguised = city.client(City.MSA)
                .call("GET", "/v1/clues")
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName("POLICE-421200-001", "MSA-421200", "ukey"))
                .prepare();
        refused(disguised, 400, "OFFICER_UNKNOWN");
    }

    /** One signature of an officer serves one request: under a fresh signature of the system it is a replay. */
    @Test
    void anOfficersSignatureIsGoodForOneRequestOnly() {
        PreparedRequest write = write();
        Hand his = Hand.honest("officer", officer, write);
        wire.send(signed(write, his)).requireStatus(201);
        refused(signed(write, his), 409, "REPLAYED", 0);
    }

    private void refused(PreparedRequest request, int status, String code) {
        refused(request, status, code, 1);
    }

    private void refused(PreparedRequest request, int status, String code, int noncesTaken) {
        Stored.State before = stored.state();
        Reply reply = wire.send(request).requireJournaledProblem(status, code);
        assertEquals(
                new Stored.State(before.cases(), before.entries() + 1, before.nonces() + noncesTaken), stored.state());
        assertEquals(
                status == 403 ? "DENY" : "FAIL",
                stored.text(
                        "SELECT outcome FROM xietong.exchange_index WHERE id = ?::uuid",
                        reply.exchangeId().orElseThrow()));
    }

    private PreparedRequest write() {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }

    private PreparedRequest signed(PreparedRequest request, Hand officers) {
        return Forge.sign(request, Hand.honest("sys", system, request), officers);
    }

    /** The officer's member of a dictionary that holds {@code sys} first. */
    private static String member(PreparedRequest request, String field) {
        String value = request.header(field).orElseThrow();
        return value.substring(value.indexOf("officer="));
    }
}
