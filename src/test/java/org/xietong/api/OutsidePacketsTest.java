package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.xietong.agency.DirectoryAdmin;
import org.xietong.agency.DirectoryException;
import org.xietong.agency.KeptLists;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Digests;
import org.xietong.testing.Audits;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.OutsideParties;
import org.xietong.testing.Race;
import org.xietong.testing.Stages;
import org.xietong.testing.Stored;

/** What leaves the system leaves sealed, for one recipient, under the sender's key; openssl alone opens it and signs for it. */
@QuarkusTest
@WithTestResource(CityResource.class)
class OutsidePacketsTest extends PacketCalls {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A field that no row of a clue opens. */
    private static final String CLOSED = "\"label\": {\"level\": \"INTERNAL\", \"fields\": [{\"field\": \"facts\","
            + " \"caveats\": [\"INVESTIGATION\"]}]},";

    @Test
    void aPacketSealedToACertificateIsOpenedCheckedAndSignedForWithOpenssl() throws Exception {
        aCertificate(false);
    }

    @Test
    void anSm2CertificateTakesTheSameRoad() throws Exception {
        aCertificate(true);
    }

    private void aCertificate(boolean sm2) throws Exception {
        parties.certify("wh", sm2);
        parties.certify("other", sm2);
        parties.register(parties.entry("wh", "AGENCY", "wh"));
        Piece clue = work.clue(City.MSA);
        String paper = transfers.attached(City.MSA, clue);
        JsonNode sent = sent(clue, draft("wh", "FULL", "\"attachments\": [\"" + paper + "\"],"));
        assertEquals("CERTIFICATE", sent.get("sealing").asText());
        assertFalse(sent.has("passphrase"));
        assertEquals(List.of("SUBMITTED"), states(City.MSA, clue));

        byte[] sealed = collected(clue, sent);
        assertEquals(Digests.hex(Digests.sha256(sealed)), sent.get("sha256").asText());
        assertEquals(List.of("COLLECTED"), states(City.MSA, clue), "that the sender fetched it is no delivery");
        assertNotEquals(0, parties.decrypts(sealed, "-inkey", "other.key").code(), "another key opens nothing");
        byte[] broken = sealed.clone();
        broken[broken.length - 40] ^= 1;
        assertNotEquals(
                0,
                parties.decrypts(broken, "-recip", "wh.pem", "-inkey", "wh.key").code(),
                "changed under way");

        Path open = parties.opened(sealed, "wh");
        assertFalse(Files.exists(open.resolve("verify.sh")), "whoever forges a packet writes the script in it");
        JsonNode record = JSON.readTree(Files.readAllBytes(open.resolve("record.json")));
        assertEquals(clue.id(), record.get("id").asText());
        assertEquals("FULL", record.at("/meta/view").asText());
        assertTrue(record.at("/content/facts").asText().contains("158"));
        assertFalse(record.at("/content").has("informant"), "an informant is opened to nobody outside");
        JsonNode cover = JSON.readTree(Files.readAllBytes(open.resolve("packet.json")));
        assertEquals(sent.get("id").asText(), cover.get("packet").asText());
        assertEquals("咸市监函〔2023〕7号", cover.get("documentNumber").asText());
        assertTrue(Files.readString(open.resolve(cover.at("/attachments/0/path").asText()), StandardCharsets.ISO_8859_1)
                .startsWith("%PDF"));
        verifies(0, open);
        Files.writeString(open.resolve("record.json"), Files.readString(open.resolve("record.json")) + " ");
        verifies(1, open);

        String receipt = receipt(sent, "RECEIVED", "");
        refused(
                422,
                "INVALID_CONTENT",
                answered(clue, sent, signed("RECEIVED", "", parties.sign("other", sm2, receipt))));
        refused(
                422,
                "INVALID_CONTENT",
                answered(clue, sent, signed("RETURNED", "\"reason\": \"无管辖权\",", parties.sign("wh", sm2, receipt))));
        SignedAnswer entered = answered(clue, sent, signed("RECEIVED", "", parties.sign("wh", sm2, receipt)));
        assertEquals(201, entered.status(), Casework.text(entered));
        JsonNode delivery = outside(City.MSA, clue).getFirst();
        assertEquals("ACKNOWLEDGED", delivery.get("state").asText());
        assertTrue(delivery.at("/acknowledged/verified").asBoolean());
        assertEquals(
                entered.exchangeId(), delivery.at("/acknowledged/exchangeId").asText());
        assertFalse(delivery.has("delivered"), "nothing but the receipt says that it arrived");
    }

    @Test
    void aPassphraseIsToldOnceAndStandsNowhere() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        String key = UUID.randomUUID().toString();
        String body = draft("yj", "SUMMARY", "");
        String passphrase;
        try (ServerLog log = new ServerLog()) {
            SignedAnswer first = city.signed(City.MSA, 1, "POST", clue.path() + "/packets")
                    .idempotencyKey(key)
                    .body(City.utf8(body))
                    .send();
            JsonNode sent = Casework.json(first);
            passphrase = sent.get("passphrase").asText();
            assertTrue(passphrase.matches("([2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5}"));
            JsonNode again = Casework.json(city.signed(City.MSA, 1, "POST", clue.path() + "/packets")
                    .idempotencyKey(key)
                    .body(City.utf8(body))
                    .send());
            assertTrue(again.get("repeated").asBoolean());
            assertEquals(sent.get("id"), again.get("id"));
            assertFalse(again.has("passphrase"), "a repetition tells no passphrase");
            assertFalse(read(clue, sent).has("passphrase"));

            byte[] sealed = collected(clue, sent);
            assertNotEquals(
                    0,
                    parties.decrypts(sealed, "-pwri_password", passphrase.substring(1) + "2")
                            .code());
            Path open = parties.openedBy(sealed, passphrase);
            verifies(0, open);
            JsonNode record = JSON.readTree(Files.readAllBytes(open.resolve("record.json")));
            assertEquals("SUMMARY", record.at("/meta/view").asText());
            assertFalse(record.at("/content").has("facts"), "no fuller than was asked for");
            assertFalse(log.text().contains(passphrase));
            assertFalse(log.text().contains(passphrase.substring(0, 11)));
        }
        assertEquals(Set.of(), city.stored().placesOf(passphrase), "neither in a table nor in a part of the log");
        assertFalse(city.stored().placesOf("咸市监函〔2023〕7号").isEmpty(), "the search finds what is there");
    }

    @Test
    void theSameIsSentTwiceOnlyByReplacingIt() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode first = sent(clue, draft("yj", "FULL", ""));
        collected(clue, first);
        refused(409, "STATE_CONFLICT", send(1, clue, draft("yj", "FULL", "")));
        String replacing = draft("yj", "FULL", "\"replaces\": \"" + id(first) + "\",");
        JsonNode second = sent(clue, replacing);
        assertNotEquals(first.get("passphrase"), second.get("passphrase"));
        refused(409, "STATE_CONFLICT", send(1, clue, replacing));
        refused(409, "STATE_CONFLICT", content(clue, first));
        refused(
                409,
                "STATE_CONFLICT",
                answered(clue, first, scanned("RECEIVED", "", transfers.attached(City.MSA, clue))));
        assertEquals(
                id(second), outside(City.MSA, clue).getFirst().get("replacedBy").asText());
        assertEquals(200, content(clue, second).status());
        List<Callable<Integer>> race = List.of(
                () -> send(1, clue, draft("yj", "SUMMARY", "").replace("7号", "8号"))
                        .status(),
                () -> send(2, clue, draft("yj", "FULL", "").replace("7号", "8号")).status());
        assertEquals(List.of(201, 409), Race.run(race).stream().sorted().toList());
    }

    @Test
    void onlyTheOwnersOfficerUnderHisOwnKeySends() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""), parties.entry("jail", "DETENTION_HOUSE", ""));
        Piece clue = work.clue(City.MSA);
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", clue.path() + "/packets")
                        .idempotencyKey()
                        .body(City.utf8(draft("yj", "FULL", "")))
                        .send());
        refused(403, "FORBIDDEN", send(City.POLICE, clue, draft("yj", "FULL", "")));
        refused(
                404,
                "NOT_FOUND",
                send(City.MSA, new Piece("clue", UUID.randomUUID().toString(), "", ""), draft("yj", "FULL", "")));
        refused(404, "NOT_FOUND", send(City.MSA, new Piece("transfer", clue.id(), "", ""), draft("yj", "FULL", "")));
        refused(403, "FORBIDDEN", send(1, clue, draft("jail", "SUMMARY", "")));
        refused(422, "INVALID_CONTENT", send(1, clue, draft("nobody", "FULL", "")));
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        refused(
                404,
                "NOT_FOUND",
                city.call(City.PROC, "GET", clue.path() + "/packets/" + id(sent))
                        .send());
        refused(
                403,
                "FORBIDDEN",
                city.signed(City.PROC, 1, "GET", clue.path() + "/packets/" + id(sent) + "/content")
                        .send());
        assertEquals(1, outside(City.PROC, clue).size(), "it supervises");
        assertEquals(0, outside(City.IPO, clue).size(), "sees the clue, and has no part in it");
    }

    /** What was sealed for a certificate that the recipient had is not handed out once he has another. */
    @Test
    void aNewCertificateNeedsANewPacket() throws Exception {
        parties.certify("one", false);
        parties.certify("two", true);
        parties.register(parties.entry("wh", "AGENCY", "one"));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("wh", "FULL", ""));
        collected(clue, sent);
        parties.register(parties.entry("wh", "AGENCY", "two"));
        Stored.await(
                "the new certificate counts",
                Duration.ofSeconds(5),
                () -> content(clue, sent).status() == 409);
        refused(
                422,
                "INVALID_CONTENT",
                answered(
                        clue, sent, signed("RECEIVED", "", parties.sign("one", false, receipt(sent, "RECEIVED", "")))));
        JsonNode second = sent(clue, draft("wh", "FULL", "\"replaces\": \"" + id(sent) + "\","));
        parties.opened(collected(clue, second), "two");
    }

    /** Whoever the roots certify can sign a manifest; that he is the platform, only its own certificates show. */
    @Test
    void aManifestSignedByAnotherMemberOfTheAuthorityIsNotThePlatforms() throws Exception {
        parties.certify("forger", false);
        parties.certify("forgergm", true);
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        Path open =
                parties.openedBy(collected(clue, sent), sent.get("passphrase").asText());
        verifies(0, open);
        parties.forge(open, "forger", "forgergm");
        Path roots = parties.file("ca.pem");
        OutsideParties.Ran forged = verified(open, roots, platform());
        assertEquals(1, forged.code());
        assertTrue(forged.text().contains("not a certificate of the platform"), forged.text());
        Path theirs = parties.file("theirs.pem");
        Files.writeString(
                theirs, Files.readString(parties.file("forger.pem")) + Files.readString(parties.file("forgergm.pem")));
        OutsideParties.Ran believed = verified(open, roots, theirs);
        assertEquals(0, believed.code(), "nothing else is wrong with it\n" + believed.text());
        assertTrue(believed.text().contains("CN=forger-"), "says who signed: " + believed.text());
        Path nobody = Files.writeString(parties.file("nobody.pem"), "\n");
        assertEquals(1, verified(open, roots, nobody).code(), "who knows no certificate of the platform is told so");
    }

    @Test
    void aTransferLeavesFromItsApprovalUntilItIsRecalled() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece transfer = transfers.withPapers(City.MSA, transfers.reported(City.MSA));
        refused(409, "STATE_CONFLICT", send(1, transfer, draft("yj", "FULL", "")));
        transfers.signed(City.MSA, transfer, "decline", "{" + Stages.note("证据不足") + "}");
        refused(409, "STATE_CONFLICT", send(1, transfer, draft("yj", "FULL", "")));
        transfers.signed(City.MSA, transfer, "approve", Stages.document("咸市监审〔2023〕1号"));
        JsonNode sent = sent(transfer, draft("yj", "FULL", ""));
        transfers.act(City.MSA, transfer, "dispatch", Stages.to("咸市监移〔2023〕1号", City.POLICE));
        collected(transfer, sent);
        transfers.act(City.MSA, transfer, "recall", "{\"documentNumber\": \"咸市监撤〔2023〕1号\"," + Stages.note("误移") + "}");
        refused(409, "STATE_CONFLICT", content(transfer, sent));
        refused(409, "STATE_CONFLICT", send(1, transfer, draft("yj", "FULL", "").replace("7号", "8号")));
        Piece back = work.create(City.POLICE, "transfer", Transfers.draft("POLICE_TO_AGENCY", "TRADEMARK", "", ""));
        assertEquals(201, send(City.POLICE, back, draft("yj", "FULL", "")).status(), "no head of an agency decides");
    }

    /** What an attachment tells, nobody masks: so none leaves where the record is not whole. */
    @Test
    void noAttachmentLeavesWhereAFieldIsClosed() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, CLOSED));
        String paper = "\"attachments\": [\"" + transfers.attached(City.MSA, clue) + "\"],";
        assertEquals("/attachments NOT_ALLOWED", fault(send(1, clue, draft("yj", "FULL", paper))));
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        Path open =
                parties.openedBy(collected(clue, sent), sent.get("passphrase").asText());
        assertFalse(JSON.readTree(Files.readAllBytes(open.resolve("record.json")))
                .at("/content")
                .has("facts"));
    }

    @Test
    void whatWasWithdrawnOrClosedSinceIsNotFetched() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        String paper = transfers.attached(City.MSA, clue);
        JsonNode with = sent(clue, draft("yj", "FULL", "\"attachments\": [\"" + paper + "\"],"));
        JsonNode without = sent(clue, draft("yj", "FULL", "").replace("7号", "8号"));
        collected(clue, with);
        SignedAnswer withdrawn = city.signed(City.MSA, 1, "POST", clue.path() + "/attachments/" + paper + "/withdraw")
                .idempotencyKey()
                .body(City.utf8("{\"reason\": \"误传他案笔录\", \"noStateSecret\": true}"))
                .send();
        assertEquals(200, withdrawn.status(), Casework.text(withdrawn));
        assertEquals(
                "ATTACHMENT_WITHDRAWN",
                Casework.json(content(clue, with)).get("code").asText());
        amended(clue, "");
        collected(clue, without);
        JsonNode found = Casework.json(Audits.opened().search("\"recordId\": \"" + clue.id() + "\""));
        List<Integer> versions = StreamSupport.stream(found.get("items").spliterator(), false)
                .filter(each -> each.get("operation").asText().equals("PACKET_COLLECT"))
                .map(each -> each.get("version").asInt())
                .toList();
        assertEquals(List.of(1, 1), versions, "the version that was sent, whatever was written since");
        amended(clue, CLOSED);
        refused(403, "FORBIDDEN", content(clue, without));
    }

    /** As after a new build whose row opens less than it did: the sealed packet holds what was open then. */
    @Test
    void whatThePolicyOpensNoMoreIsNotFetched() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        String opened = "SELECT opened::text FROM xietong.packet WHERE id = ?::uuid";
        assertEquals("{PI,SENSITIVE_PI,TRADE_SECRET}", city.stored().text(opened, id(sent)));
        collected(clue, sent);
        city.stored()
                .execute(
                        "ALTER TABLE xietong.packet DISABLE TRIGGER stays",
                        "UPDATE xietong.packet SET opened = opened || 'MINOR'::text WHERE id = '" + id(sent) + "'",
                        "ALTER TABLE xietong.packet ENABLE ALWAYS TRIGGER stays");
        refused(403, "FORBIDDEN", content(clue, sent));
        assertEquals(
                201,
                send(1, clue, draft("yj", "FULL", "\"replaces\": \"" + id(sent) + "\","))
                        .status(),
                "what is open now may be sent");
    }

    @Test
    void metadataIsNoPacketWhateverTheRecord() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece none = new Piece("clue", UUID.randomUUID().toString(), "", "");
        assertEquals("/view NOT_ALLOWED", fault(send(1, none, draft("yj", "METADATA", ""))));
    }

    @Test
    void aNumberIsOneHoweverItsBracketsAreWritten() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        String first = draft("yj", "FULL", "").replace("咸市监函〔2023〕7号", "咸市监处罚(2023)7号");
        assertEquals("咸市监处罚〔2023〕7号", sent(clue, first).get("documentNumber").asText());
        refused(409, "STATE_CONFLICT", send(1, clue, draft("yj", "FULL", "").replace("咸市监函〔2023〕7号", "咸市监处罚〔2023〕7号")));
    }

    /** A row lets a summary leave, and no more, whatever is asked. */
    @Test
    void nothingLeavesInFullerFormThanItsRowGrants() throws Exception {
        parties.register(parties.entry("jw", "SUPERVISORY_COMMISSION", ""));
        Piece transfer =
                transfers.signed(City.MSA, transfers.reported(City.MSA), "approve", Stages.document("咸市监审〔2023〕1号"));
        String paper = transfers.attached(City.MSA, transfer);
        refused(403, "FORBIDDEN", send(1, transfer, draft("jw", "FULL", "")));
        refused(
                422,
                "INVALID_CONTENT",
                send(1, transfer, draft("jw", "SUMMARY", "\"attachments\": [\"" + paper + "\"],")));
        assertEquals(201, send(1, transfer, draft("jw", "SUMMARY", "")).status());
        Piece penalty = work.create(City.MSA, "penalty", Stages.draft(null, Stages.penalty("")));
        refused(403, "FORBIDDEN", send(1, penalty, draft("jw", "SUMMARY", "")));
    }

    @Test
    void whatIsToStayInsideStaysInside() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        for (String label : List.of(
                "\"level\": \"INTERNAL\", \"caveats\": [\"NO_EXPORT\"]",
                "\"level\": \"INTERNAL\", \"caveats\": [\"NO_FORWARD\"]",
                "\"level\": \"INTERNAL\", \"caveats\": [\"MINOR\"]",
                "\"level\": \"INTERNAL\", \"fields\": [{\"field\": \"facts\", \"caveats\": [\"NO_EXPORT\"]}]",
                "\"level\": \"INTERNAL\", \"scope\": {\"units\": [\"POLICE-421200\"]}")) {
            Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"label\": {" + label + "},"));
            refused(403, "FORBIDDEN", send(1, clue, draft("yj", "SUMMARY", "")));
            assertEquals(
                    0,
                    city.stored().number("SELECT count(*) FROM xietong.packet WHERE record_id = ?::uuid", clue.id()));
        }
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        amended(clue, "\"label\": {\"level\": \"INTERNAL\", \"caveats\": [\"NO_EXPORT\"]},");
        refused(403, "FORBIDDEN", content(clue, sent));
    }

    @Test
    void anExpiredOrRevokedCertificateIsSentNothingAndSignsNothing() throws Exception {
        Instant soon = Instant.now().plusSeconds(12);
        parties.certify("old", false, "both", soon);
        parties.certify("gone", false);
        parties.register(parties.entry("old", "AGENCY", "old"), parties.entry("gone", "AGENCY", "gone"));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("gone", "FULL", ""));
        collected(clue, sent);
        KeptLists.keep(city.database(DatabaseRole.APP), parties.revoked("gone"));
        SignedAnswer revoked = send(1, clue, draft("gone", "FULL", "").replace("7号", "9号"));
        refused(422, "INVALID_CONTENT", revoked);
        assertEquals("REVOKED", Casework.json(revoked).at("/faults/0/rule").asText());
        refused(403, "FORBIDDEN", content(clue, sent));
        SignedAnswer late = answered(
                clue, sent, signed("RECEIVED", "", parties.sign("gone", false, receipt(sent, "RECEIVED", ""))));
        assertEquals("REVOKED", Casework.json(late).at("/faults/0/rule").asText());
        Stored.await(
                "it has expired", Duration.ofSeconds(20), () -> Instant.now().isAfter(soon.plusSeconds(1)));
        SignedAnswer expired = send(1, clue, draft("old", "FULL", ""));
        refused(422, "INVALID_CONTENT", expired);
        assertEquals("EXPIRED", Casework.json(expired).at("/faults/0/rule").asText());
    }

    @Test
    void aSuspendedRecipientIsSentNothing() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        new DirectoryAdmin(city.database(DatabaseRole.OWNER)).suspend(DirectoryAdmin.Subject.OUTSIDE, parties.id("yj"));
        Stored.await(
                "he is refused",
                Duration.ofSeconds(5),
                () -> content(clue, sent).status() == 403);
        refused(422, "INVALID_CONTENT", send(1, clue, draft("yj", "FULL", "").replace("7号", "9号")));
    }

    @Test
    void theRegistryTakesCertificatesThatCanBeSealedTo() throws Exception {
        parties.certify("sign", false, "signing", Instant.now().plus(Duration.ofDays(1)));
        assertThrows(DirectoryException.class, () -> parties.load(parties.entry("sign", "COURT", "sign")));
        parties.certify("good", false);
        assertThrows(DirectoryException.class, () -> parties.load(parties.entry("good", "BANK", "good")));
        parties.register(parties.entry("good", "COURT", "good"));
        assertThrows(
                DirectoryException.class,
                () -> parties.load(parties.entry("second", "COURT", "good")),
                "one key has one holder");
        assertThrows(
                SQLException.class,
                () -> {
                    try (var connection = city.database(DatabaseRole.APP).getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute("UPDATE xietong.outside_recipient SET active = false");
                    }
                },
                "the service itself registers nobody");
    }

    @Test
    void anAuditorSeesWhatLeftAndForWhom() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        collected(clue, sent);
        JsonNode found = Casework.json(Audits.opened().search("\"recordId\": \"" + clue.id() + "\""));
        List<String> left = StreamSupport.stream(found.get("items").spliterator(), false)
                .filter(each -> each.path("outsideRecipient").asText().equals(parties.id("yj")))
                .map(each -> each.get("operation").asText()
                        + ' '
                        + each.get("view").asText()
                        + ' '
                        + each.get("rule").asText())
                .sorted()
                .toList();
        assertEquals(List.of("PACKET_COLLECT FULL OUTSIDE-CLUE-AGENCY", "PACKET_SEND FULL OUTSIDE-CLUE-AGENCY"), left);
    }

    /** The exchange that made the packet is the sender's to prove, once the log holds it: what was sent, to whom, under whose key. */
    @Test
    void theSendersBundleProvesWhatWasSentAndToWhom() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        SignedAnswer answer = send(1, clue, draft("yj", "FULL", ""));
        String evidence = "/v1/exchanges/" + answer.exchangeId() + "/evidence";
        Stored.await(
                "the log holds it",
                Duration.ofSeconds(15),
                () -> city.call(City.MSA, "GET", evidence).send().status() == 200);
        Path folder = Files.createTempDirectory(parties.file("").normalize(), "evidence");
        Files.write(
                folder.resolve("bundle.zip"),
                city.call(City.MSA, "GET", evidence).send().body());
        OutsideParties.Ran ran = OutsideParties.run(folder, "jar", "-xf", "bundle.zip");
        assertEquals(0, ran.code(), ran.text());
        Path parts = folder.resolve("exchanges").resolve(answer.exchangeId());
        JsonNode disclosed = JSON.readTree(Files.readAllBytes(parts.resolve("parts/disclosed-0.json")));
        assertEquals(parties.id("yj"), disclosed.get("recipient").asText());
        assertEquals(
                Casework.json(answer).get("id").asText(),
                disclosed.get("packet").asText());
        JsonNode changed = JSON.readTree(Files.readAllBytes(parts.resolve("parts/changed-0.json")));
        assertEquals("send-outside", changed.get("action").asText());
        assertEquals(
                Casework.json(answer).get("sha256").asText(),
                changed.get("contentDigest").asText());
        assertTrue(Files.exists(parts.resolve("officer.sig")));
        Path roots = Files.writeString(parties.file("roots.pem"), certificates("root-gm") + certificates("root-intl"));
        Path known = Files.writeString(
                parties.file("known.pem"),
                certificates("platform-evidence-gm")
                        + certificates("platform-evidence-intl")
                        + certificates("platform-response-gm")
                        + certificates("platform-response-intl"));
        Files.delete(folder.resolve("bundle.zip"));
        ran = OutsideParties.run(folder, "sh", "verify.sh", "-t", roots.toString(), "-p", known.toString());
        assertEquals(0, ran.code(), ran.text());
        assertTrue(ran.text().contains("all is well"), ran.text());
    }

    /** 海曙 → 永嘉: after a decision not to prosecute, the file goes to the competent agency of another city. */
    @Test
    void aCaseGoesBackToTheAgencyOfAnotherCity() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""), parties.entry("jail", "DETENTION_HOUSE", ""));
        CriminalCase it = CriminalCase.transferred();
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(it.first()));
        refused(409, "STATE_CONFLICT", send(City.PROC, prosecution, draft("yj", "FULL", "")));
        it.act(
                City.PROC,
                prosecution,
                "not-prosecute",
                Stages.of(it.first(), "咸检刑不诉〔2023〕1号", "\"reasonCode\": \"DISCRETIONARY\","));
        SignedAnswer sent = city.signed(City.PROC, 1, "POST", prosecution.path() + "/packets")
                .idempotencyKey()
                .body(City.utf8(draft("yj", "FULL", "")))
                .send();
        assertEquals(201, sent.status(), Casework.text(sent));
        refused(403, "FORBIDDEN", send(City.PROC, prosecution, draft("jail", "SUMMARY", "")));
        SignedAnswer fetched = city.signed(
                        City.PROC, 1, "GET", prosecution.path() + "/packets/" + id(Casework.json(sent)) + "/content")
                .send();
        Path open = parties.openedBy(
                fetched.body(), Casework.json(sent).get("passphrase").asText());
        JsonNode record = JSON.readTree(Files.readAllBytes(open.resolve("record.json")));
        assertEquals(prosecution.id(), record.get("id").asText());
        assertTrue(record.at("/content").has("suspects"));
        assertTrue(record.get("actions").isEmpty(), "a stranger may do nothing");
        it.act(City.PROC, prosecution, "revoke", Stages.of(it.first(), "咸检撤〔2023〕1号", Stages.note("复核认为应当起诉") + ","));
        refused(
                409,
                "STATE_CONFLICT",
                city.signed(
                                City.PROC,
                                1,
                                "GET",
                                prosecution.path() + "/packets/" + id(Casework.json(sent)) + "/content")
                        .send());
    }

    /** T16: the opinion is copied to the bureau of justice, which has no account; not before it was served. */
    @Test
    void anOpinionIsCopiedToTheBureauOfJustice() throws Exception {
        parties.register(parties.entry("sfj", "JUSTICE_BUREAU", ""));
        Piece opinion =
                work.create(City.PROC, "supervision", Stages.draft(null, Stages.supervision("REVERSE_TRANSFER", "")));
        refused(403, "FORBIDDEN", send(City.PROC, opinion, draft("sfj", "FULL", "")));
        work.act(
                City.PROC,
                opinion,
                "serve",
                "{\"documentNumber\": \"咸检行意〔2023〕1号\", \"addressees\": [\"MSA-421200\"]}");
        SignedAnswer sent = city.signed(City.PROC, 1, "POST", opinion.path() + "/packets")
                .idempotencyKey()
                .body(City.utf8(draft("sfj", "FULL", "")))
                .send();
        assertEquals(201, sent.status(), Casework.text(sent));
        refused(403, "FORBIDDEN", send(City.MSA, opinion, draft("sfj", "FULL", "")));
    }

    /** The sealed copy goes with what was erased; that it left, and to whom, stays. */
    @Test
    void anErasureTakesTheSealedCopyAlong() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        String participant = Casework.json(
                        city.call(City.MSA, "GET", clue.path()).send())
                .at("/content/participants/0/id")
                .asText();
        new TwoErase(city, City.MSA)
                .erased(TwoErase.draft("\"participantId\": \"" + participant + "\", \"freeText\": false"));
        refused(410, "ERASED", content(clue, sent));
        assertEquals(
                0, city.stored().number("SELECT count(*) FROM xietong.packet_bytes WHERE packet = ?::uuid", id(sent)));
        assertEquals(
                "",
                city.stored()
                        .text("SELECT document_number || purpose FROM xietong.packet WHERE id = ?::uuid", id(sent)));
        assertEquals(1, outside(City.MSA, clue).size());
        assertThrows(
                IllegalStateException.class,
                () -> city.stored()
                        .execute(
                                "INSERT INTO xietong.packet_bytes SELECT id, record_id, '\\x00' FROM xietong.packet WHERE id = '"
                                        + id(sent) + "'"),
                "and does not come back");
        Piece other = work.clue(City.MSA);
        JsonNode second = sent(other, draft("yj", "FULL", ""));
        collected(other, second);
        String scan = scanned("RETURNED", "\"reason\": \"材料不齐\",", transfers.attached(City.MSA, other));
        assertEquals(201, answered(other, second, scan).status());
        new TwoErase(city, City.MSA).erased(TwoErase.record(other.id()));
        assertEquals(
                0,
                city.stored().number("SELECT count(*) FROM xietong.packet_bytes WHERE packet = ?::uuid", id(second)));
        assertEquals(
                "",
                city.stored().text("SELECT reason FROM xietong.packet_receipt WHERE packet = ?::uuid", id(second)),
                "nor what the recipient wrote");
    }

    private static void verifies(int code, Path open) throws IOException {
        Path all = Files.createTempFile("roots", ".pem");
        Files.writeString(all, certificates("root-gm") + certificates("root-intl"));
        assertEquals(code, verified(open, all, platform()).code());
    }

    /** By the script that the operator gives, beside the packet, with the roots and the platform's certificates that he gives with it. */
    private static OutsideParties.Ran verified(Path open, Path roots, Path platform) throws IOException {
        String script = Path.of("src/main/resources/evidence/packet/verify.sh")
                .toAbsolutePath()
                .toString();
        return OutsideParties.run(
                open.getParent(),
                "sh",
                script,
                "-p",
                platform.toString(),
                "-t",
                roots.toString(),
                open.getFileName().toString());
    }

    private static Path platform() throws IOException {
        Path platform = Files.createTempFile("platform", ".pem");
        return Files.writeString(
                platform, certificates("platform-evidence-gm") + certificates("platform-evidence-intl"));
    }

    private static String certificates(String name) throws IOException {
        return Files.readString(Path.of(org.eclipse.microprofile.config.ConfigProvider.getConfig()
                        .getValue("xietong.test.city", String.class))
                .resolve("certificates")
                .resolve(name + ".pem"));
    }

    /** The same people; what else is said of them is another. */
    private void amended(Piece clue, String label) {
        JsonNode content =
                Casework.json(city.call(City.MSA, "GET", clue.path()).send()).get("content");
        work.amend(
                City.MSA,
                new Piece("clue", clue.id(), clue.matter(), "*"),
                Drafts.clue("", null, label)
                        .replace("158", "159")
                        .replace("\"ref\": \"P1\"", "\"id\": " + content.at("/participants/0/id"))
                        .replace("\"ref\": \"U1\"", "\"id\": " + content.at("/participants/1/id")));
    }
}
