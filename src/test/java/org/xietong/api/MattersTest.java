package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.matter.LinkType;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stored;

/** Who is in a matter, which matters belong together, and how little of it shows to whom (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class MattersTest {
    private final Casework work = new Casework();
    private final City city = City.current();

    @Test
    void anInvitedUnitSeesWhatThePolicyShowsMembers() {
        Piece civil = civil();
        assertEquals(404, read(City.POLICE, civil).status());
        post(201, City.COURT, civil.matterPath() + "/invitations", unit(City.POLICE));
        assertEquals(200, read(City.POLICE, civil).status());
        assertEquals(404, read(City.MSA, civil).status());
        JsonNode matter = matter(City.POLICE, civil.matter());
        assertEquals(List.of(City.COURT, City.POLICE), texts(matter.get("units")));
        assertEquals(1, matter.get("invitations").size());
    }

    /** What is in the matter for others shows nothing to the invited: an invitation opens no record by itself. */
    @Test
    void anInvitedUnitWithoutSightReadsItsInvitationAlone() {
        Piece clue = work.clue(City.MSA);
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.POLICE));
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        JsonNode matter = matter(City.COURT, clue.matter());
        assertEquals(0, matter.get("records").size());
        assertEquals(List.of(City.COURT, City.MSA), texts(matter.get("units")));
        assertEquals(
                404,
                city.call(City.COURT, "GET", clue.matterPath() + "/timeline")
                        .send()
                        .status());
    }

    /** Its owner alone widens who sees a record: another unit's invitation, or its letter into the matter, opens nothing of it. */
    @Test
    void whomAnotherUnitBringsInSeesNothingOfTheOwnersRecords() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.COURT);
        Piece civil = civil(clue.matter());
        assertEquals(200, read(City.MSA, civil).status());
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COPYRIGHT));
        work.create(
                City.MSA,
                "clue",
                Drafts.clue(
                        "", null, "\"matterId\": \"" + clue.matter() + "\", \"addressees\": [\"COPYRIGHT-421200\"],"));
        Piece own =
                work.create(City.COPYRIGHT, "clue", Drafts.clue("", null, "\"matterId\": \"" + clue.matter() + "\","));
        assertEquals(404, read(City.COPYRIGHT, civil).status());
        work.transferred(City.COPYRIGHT, own, City.POLICE);
        assertEquals(404, read(City.COPYRIGHT, civil).status(), "who hands over opens nothing of others to himself");
        post(201, City.COURT, clue.matterPath() + "/invitations", unit(City.COPYRIGHT));
        assertEquals(200, read(City.COPYRIGHT, civil).status());
    }

    @Test
    void whatWasHandedOverInTheMatterMakesItTheReceiversOwnBusiness() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.COURT, City.POLICE);
        Piece civil = civil(clue.matter());
        assertEquals(200, read(City.POLICE, civil).status());
    }

    @Test
    void aUnitThatStaysUnseenAfterItsRemovalSeesNoMoreThanWhatStillBringsItIn() {
        Piece civil = civil();
        post(201, City.COURT, civil.matterPath() + "/invitations", unit(City.POLICE));
        work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(civil.matter()), ""));
        post(201, City.COURT, civil.matterPath() + "/removals", unit(City.POLICE));
        assertEquals(404, read(City.POLICE, civil).status());
        work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(civil.matter()), ""));
    }

    @Test
    void invitesAUnitOnceUntilItIsTakenOut() {
        Piece clue = work.clue(City.MSA);
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        post(409, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
    }

    /** Who invited whom, when, and whether he took it back: for him; the invited learns what stands, and nobody else anything. */
    @Test
    void invitationsAreListedToWhoMadeAndWhoReceivedThem() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COPYRIGHT));
        post(201, City.POLICE, clue.matterPath() + "/invitations", unit(City.POLICE_DISTRICT));

        JsonNode made = invitations(City.MSA, clue, "");
        assertEquals(List.of(City.COPYRIGHT, City.COURT), each(made, "unit"));
        assertEquals(List.of(City.MSA, City.MSA), each(made, "by"));
        assertTrue(made.at("/items/0/takenOutAt").isMissingNode());
        assertTrue(made.at("/items/1/takenOutAt").asText().endsWith("+08:00"));
        JsonNode first = invitations(City.MSA, clue, "?limit=1");
        JsonNode second = invitations(
                City.MSA, clue, "?limit=1&after=" + first.get("next").asText());
        assertEquals(List.of(City.COURT), each(second, "unit"));
        assertTrue(second.path("next").isMissingNode());

        assertEquals(List.of(City.COPYRIGHT), each(invitations(City.COPYRIGHT, clue, ""), "unit"));
        assertEquals(List.of(City.POLICE_DISTRICT), each(invitations(City.POLICE, clue, ""), "unit"));
        assertEquals(List.of(), each(invitations(City.PROC, clue, ""), "unit"));
        // Who was taken out again, and saw nothing else of it, finds no matter.
        AnswerShape nothing = got(City.COURT, "/v1/matters/" + UUID.randomUUID() + "/invitations");
        assertEquals(404, nothing.status());
        assertEquals(nothing, got(City.COURT, clue.matterPath() + "/invitations"));
    }

    /** An invitation may open no record at all: the list is where the invited unit learns of the matter, and posts into it. */
    @Test
    void theInvitedUnitLearnsOfTheMatterAndJoinsInByPosting() {
        Piece clue = work.clue(City.MSA);
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        JsonNode received = Casework.json(
                city.call(City.COURT, "GET", "/v1/matters/invitations?limit=1").send());
        assertEquals(clue.matter(), received.at("/items/0/matterId").asText());
        assertEquals(City.MSA, received.at("/items/0/by").asText());
        civil(clue.matter());
        Piece mistaken = work.clue(City.MSA);
        post(201, City.MSA, mistaken.matterPath() + "/invitations", unit(City.COURT));
        post(201, City.MSA, mistaken.matterPath() + "/removals", unit(City.COURT));
        received = Casework.json(
                city.call(City.COURT, "GET", "/v1/matters/invitations?limit=1").send());
        assertEquals(clue.matter(), received.at("/items/0/matterId").asText());
    }

    @Test
    void refusesToInviteASuspendedUnit() {
        String unit = "COPYRIGHT-421200-m";
        Piece clue = work.clue(City.MSA);
        register("INSERT INTO unit (id, agency, division, name, responsible, active, valid_from)" + " VALUES ('" + unit
                + "', 'COPYRIGHT', '421200', '版权局三科', '某某', true, now())");
        invited(201, clue, unit);
        post(201, City.MSA, clue.matterPath() + "/removals", unit(unit));
        register("UPDATE unit SET active = false WHERE id = '" + unit + "'");
        JsonNode refused = invited(422, clue, unit);
        assertEquals("SUSPENDED_UNIT", refused.at("/faults/0/rule").asText());
        Stored.await(
                "sight follows the units: lists give their counts again",
                Duration.ofSeconds(30),
                () -> Casework.json(city.call(City.MSA, "GET", "/v1/clues?limit=1&count=true")
                                .send())
                        .has("count"));
    }

    private void register(String sql) {
        try (Connection connection = city.database(DatabaseRole.OWNER).getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer once the directory has it: every replica follows within five seconds. */
    private JsonNode invited(int status, Piece clue, String unit) {
        long until = System.nanoTime() + 10_000_000_000L;
        SignedAnswer answer = send(City.MSA, clue.matterPath() + "/invitations", unit(unit));
        while (answer.status() != status && System.nanoTime() < until) {
            if (answer.status() == 201) {
                post(201, City.MSA, clue.matterPath() + "/removals", unit(unit));
            }
            LockSupport.parkNanos(100_000_000L);
            answer = send(City.MSA, clue.matterPath() + "/invitations", unit(unit));
        }
        assertEquals(status, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    @Test
    void whoDoesNotSeeTheMatterFailsAsForOneThatIsNot() {
        Piece clue = work.clue(City.MSA);
        for (String act : List.of("invitations", "removals")) {
            assertSameAsNothing(City.COURT, clue.matter(), "/" + act, unit(City.POLICE));
        }
        assertSameAsNothing(
                City.COURT, clue.matter(), "/links", link(UUID.randomUUID().toString()));
    }

    @Test
    void whoSeesItWithoutBeingInItIsRefused() {
        Piece clue = work.clue(City.MSA);
        post(403, City.PROC, clue.matterPath() + "/invitations", unit(City.POLICE));
        post(403, City.POLICE, clue.matterPath() + "/removals", unit(City.MSA));
    }

    @Test
    void refusesUnknownUnitsAndOneself() {
        Piece clue = work.clue(City.MSA);
        for (String unit : List.of("POLICE-000000", City.MSA)) {
            JsonNode problem = post(422, City.MSA, clue.matterPath() + "/invitations", unit(unit));
            assertEquals("UNKNOWN_UNIT", problem.at("/faults/0/rule").asText());
        }
    }

    @Test
    void aRepetitionInvitesOnce() {
        Piece clue = work.clue(City.MSA);
        String key = UUID.randomUUID().toString();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SignedAnswer answer = city.call(City.MSA, "POST", clue.matterPath() + "/invitations")
                    .idempotencyKey(key)
                    .body(City.utf8(unit(City.COURT)))
                    .send();
            assertEquals(201, answer.status());
            answers.add(Casework.json(answer));
        }
        assertEquals(answers.get(0).get("id"), answers.get(1).get("id"));
        assertTrue(answers.get(1).get("repeated").asBoolean());
        assertEquals(1, matter(City.MSA, clue.matter()).get("invitations").size());
    }

    /** The police's secret filing in the market supervision's own matter, and whom they bring in there. */
    @Test
    void membershipTellsNobodyOfASecretFiling() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        JsonNode before = matter(City.MSA, clue.matter());
        String filing = work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""))
                .id();
        post(201, City.POLICE, clue.matterPath() + "/invitations", unit(City.POLICE_DISTRICT));
        assertEquals(before, matter(City.MSA, clue.matter()));
        assertTrue(texts(matter(City.POLICE, clue.matter()).get("units")).contains(City.POLICE_DISTRICT));

        // Nor does taking them out: what they did unseen keeps them in, and nothing says so.
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.POLICE));
        assertEquals(
                200,
                city.call(City.POLICE, "GET", "/v1/filings/" + filing).send().status());
        work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""));
        assertEquals(List.of(City.MSA), texts(matter(City.MSA, clue.matter()).get("units")));
    }

    @Test
    void whoWasBroughtInByMistakeIsTakenOutAgain() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"COURT-421200\"],"));
        assertEquals(200, read(City.COURT, clue).status());
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));
        assertEquals(404, read(City.COURT, clue).status());
        JsonNode refused =
                post(422, City.COURT, "/v1/clues", Drafts.clue("", null, "\"matterId\": \"" + clue.matter() + "\","));
        assertEquals("/matterId", refused.at("/faults/0/field").asText());
        post(422, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));

        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));
        assertEquals(404, city.call(City.COURT, "GET", clue.matterPath()).send().status());
    }

    @Test
    void nobodyIsTakenOutByOthersOrAfterActing() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        post(422, City.POLICE, clue.matterPath() + "/removals", unit(City.COURT));
        work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""));
        JsonNode refused = post(409, City.MSA, clue.matterPath() + "/removals", unit(City.POLICE));
        assertEquals("STATE_CONFLICT", refused.get("code").asText());
        assertEquals(200, read(City.POLICE, clue).status());
    }

    /** Article 10: whom to ring stands on every record in sight, except where the policy hides the unit. */
    @Test
    void theResponsiblePersonAndTelephoneStandOnEveryRecordInSight() {
        Piece clue = work.clue(City.MSA);
        for (String unit : List.of(City.MSA, City.POLICE, City.PROC, City.AUD)) {
            JsonNode owner = Casework.json(read(unit, clue)).get("owner");
            assertEquals(City.MSA, owner.get("unit").asText(), unit);
            assertTrue(owner.get("responsible").asText().endsWith("某某"), unit);
            assertEquals("0715-0000000", owner.get("telephone").asText(), unit);
        }
        Piece filing = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        JsonNode view = Casework.json(read(City.POLICE, filing));
        work.milestone(filing, view.at("/content/participants/0/id").asText(), "COERCION_NOTIFIED");
        filing = work.act(City.POLICE, filing, "file", "{\"documentNumber\": \"咸公立字〔2023〕1号\"}");
        assertEquals(
                "{\"agency\":\"POLICE\"}",
                Casework.json(read(City.MSA, filing)).get("owner").toString());
        assertEquals(List.of(), texts(matter(City.MSA, filing.matter()).get("units")));
    }

    @Test
    void aLinkShowsToUnitsOfBothMattersAndOpensNothing() {
        Piece one = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"COURT-421200\"],"));
        Piece two = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        post(201, City.MSA, one.matterPath() + "/links", link(two.matter()));
        JsonNode link = matter(City.MSA, two.matter()).at("/links/0");
        assertEquals("SPLIT_FROM", link.get("type").asText());
        assertEquals(one.matter(), link.get("from").asText());
        assertEquals(0, matter(City.COURT, one.matter()).get("links").size());
        assertEquals(404, read(City.COURT, two).status());
        // Police see both clues, as neighbours, and are in one of the matters: that is not enough.
        assertEquals(0, matter(City.POLICE, two.matter()).get("links").size());
        assertEquals(0, matter(City.POLICE, one.matter()).get("links").size());
        post(201, City.MSA, one.matterPath() + "/invitations", unit(City.POLICE));
        assertEquals(1, matter(City.POLICE, one.matter()).get("links").size());
        post(409, City.MSA, one.matterPath() + "/links", link(two.matter()));
    }

    /** The same over one record of each class, whatever view there is of it. */
    @Test
    void theResponsiblePersonAndTelephoneStandOnEachClassOfRecordForEachUnit() {
        Set<String> met = new TreeSet<>();
        for (Scenes.Scene scene :
                Stream.concat(Scenes.all().stream(), Scenes.stages().stream()).toList()) {
            for (String unit :
                    List.of(City.MSA, City.IPO, City.COPYRIGHT, City.POLICE, City.PROC, City.COURT, City.AUD)) {
                SignedAnswer answer = read(unit, scene.piece());
                if (answer.status() != 200) {
                    continue;
                }
                JsonNode view = Casework.json(answer);
                boolean hidden = view.at("/meta/masked").toString().contains("\"/owner/unit\"");
                assertEquals(hidden, !view.at("/owner").has("unit"), scene.name());
                if (!hidden) {
                    assertEquals("0715-0000000", view.at("/owner/telephone").asText(), scene.name() + " " + unit);
                    assertTrue(view.at("/owner/responsible").asText().endsWith("某某"), scene.name() + " " + unit);
                    met.add(scene.piece().kind() + " " + view.at("/meta/view").asText());
                }
            }
        }
        List<String> kinds = List.of(
                "arrest",
                "clue",
                "enforcement",
                "filing",
                "investigation",
                "judgment",
                "penalty",
                "prosecution",
                "supervision");
        for (String kind : kinds) {
            assertTrue(met.contains(kind + " FULL"), met::toString);
            assertTrue(met.contains(kind + " METADATA"), met::toString);
        }
        assertTrue(met.contains("clue SUMMARY"), met::toString);
    }

    /** The police's link between two matters of the market supervision would tell that they do something in both. */
    @Test
    void aLinkTellsNobodyOfWhatItsUnitDoesUnseen() {
        String toPolice = "\"addressees\": [\"POLICE-421200\"],";
        Piece one = work.create(City.MSA, "clue", Drafts.clue("", null, toPolice));
        Piece two = work.create(City.MSA, "clue", Drafts.clue("", null, toPolice));
        for (Piece piece : List.of(one, two)) {
            work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(piece.matter()), ""));
        }
        JsonNode before = matter(City.MSA, one.matter());
        String link = post(201, City.POLICE, two.matterPath() + "/links", link(one.matter()))
                .get("id")
                .asText();
        assertEquals(1, matter(City.POLICE, one.matter()).get("links").size());
        assertEquals(before, matter(City.MSA, one.matter()));
        // Nor do the market supervision's own attempts: to withdraw it, or to state the same.
        AnswerShape nothing = shape(City.MSA, one.matterPath() + "/links/" + UUID.randomUUID() + "/withdraw", "");
        assertEquals(404, nothing.status());
        assertEquals(nothing, shape(City.MSA, one.matterPath() + "/links/" + link + "/withdraw", ""));
        post(201, City.MSA, two.matterPath() + "/links", link(one.matter()));
        JsonNode links = matter(City.MSA, one.matter()).get("links");
        assertEquals(1, links.size());
        assertEquals(City.MSA, links.at("/0/by").asText());
    }

    @ParameterizedTest
    @EnumSource(LinkType.class)
    void aLinkOfEachTypeIsStatedShownAndWithdrawn(LinkType type) {
        Piece one = work.create(City.COURT, "clue", Drafts.clue("", null, "\"addressees\": [\"MSA-421200\"],"));
        Piece two = work.create(City.COURT, "clue", Drafts.clue("", null, "\"addressees\": [\"MSA-421200\"],"));
        String body = link(two.matter()).replace("SPLIT_FROM", type.name());
        String id = post(201, City.COURT, one.matterPath() + "/links", body)
                .get("id")
                .asText();
        for (String unit : List.of(City.COURT, City.MSA)) {
            for (Piece side : List.of(one, two)) {
                JsonNode link = matter(unit, side.matter()).at("/links/0");
                assertEquals(type.name(), link.get("type").asText());
                assertEquals(one.matter(), link.get("from").asText());
                assertEquals(two.matter(), link.get("to").asText());
                assertEquals(City.COURT, link.get("by").asText());
            }
        }
        // Twice, or the other way round, is no news or a contradiction.
        post(409, City.COURT, one.matterPath() + "/links", body);
        post(409, City.COURT, two.matterPath() + "/links", body.replace(two.matter(), one.matter()));
        post(403, City.MSA, one.matterPath() + "/links/" + id + "/withdraw", "");
        post(200, City.COURT, two.matterPath() + "/links/" + id + "/withdraw", "");
        post(404, City.COURT, two.matterPath() + "/links/" + id + "/withdraw", "");
        assertEquals(0, matter(City.COURT, one.matter()).get("links").size());
        assertEquals(0, matter(City.MSA, two.matter()).get("links").size());
        post(201, City.COURT, two.matterPath() + "/links", body.replace(two.matter(), one.matter()));
    }

    /** 另案处理: the second suspect goes on in a matter of his own; who he is there shows to who sees him in both. */
    @Test
    void aSplitTellsWhichSuspectItConcernsToWhoSeesHimInBoth() {
        CriminalCase whole = CriminalCase.transferred();
        Piece split = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        String there = participant(split);
        String body = split(whole.filing().matter(), there, whole.second());
        for (String wrong : List.of(
                split(whole.filing().matter(), there, UUID.randomUUID().toString()),
                split(whole.filing().matter(), whole.second(), there))) {
            JsonNode problem = post(422, City.POLICE, split.matterPath() + "/links", wrong);
            assertEquals("UNKNOWN", problem.at("/faults/0/rule").asText());
        }
        post(201, City.POLICE, split.matterPath() + "/links", body);
        JsonNode person = matter(City.POLICE, whole.filing().matter()).at("/links/0/persons/0");
        assertEquals(there, person.get("from").asText());
        assertEquals(whole.second(), person.get("to").asText());

        // The sender is in the first matter alone: it learns neither of the other one nor of the split.
        assertEquals(0, matter(City.MSA, whole.filing().matter()).get("links").size());
        assertEquals(404, city.call(City.MSA, "GET", split.matterPath()).send().status());
    }

    /** The court is in both matters, where one suspect of each is indicted: of the others the split tells it nothing. */
    @Test
    void aSplitNamesNobodyWhomTheReaderDoesNotSee() {
        CriminalCase whole = CriminalCase.ofThePolice();
        CriminalCase split = CriminalCase.ofThePolice();
        whole.indictedFirst();
        split.indictedFirst();
        String body = split(whole.filing().matter(), split.first(), whole.second())
                .replace(
                        "[{",
                        "[{\"from\": \"" + split.first() + "\", \"to\": \"" + whole.first() + "\"}, {\"from\": \""
                                + split.second() + "\", \"to\": \"" + whole.first() + "\"}, {");
        post(201, City.POLICE, split.filing().matterPath() + "/links", body);
        for (CriminalCase side : List.of(whole, split)) {
            assertEquals(
                    3,
                    matter(City.POLICE, side.filing().matter())
                            .at("/links/0/persons")
                            .size());
            SignedAnswer read =
                    city.call(City.COURT, "GET", side.filing().matterPath()).send();
            JsonNode link = Casework.json(read).at("/links/0");
            assertEquals(City.POLICE, link.path("by").asText());
            assertEquals(1, link.get("persons").size());
            assertEquals(whole.first(), link.at("/persons/0/to").asText());
            assertFalse(Casework.text(read).contains(whole.second()));
            assertFalse(Casework.text(read).contains(split.second()));
        }
    }

    @Test
    void aLinkToAMatterOutOfSightFailsAsToOneThatIsNot() {
        Piece own = work.clue(City.MSA);
        Piece foreign = civil();
        Piece unentered = work.clue(City.COPYRIGHT);
        AnswerShape nothing = shape(
                City.MSA, own.matterPath() + "/links", link(UUID.randomUUID().toString()));
        assertEquals(422, nothing.status());
        assertEquals(nothing, shape(City.MSA, own.matterPath() + "/links", link(foreign.matter())));
        assertEquals(nothing, shape(City.MSA, own.matterPath() + "/links", link(unentered.matter())));
        assertNotEquals(nothing, shape(City.MSA, own.matterPath() + "/links", link(own.matter())));
    }

    @Test
    void aNumberOnPaperFindsTheMatterForWhoCanReadIt() {
        String number = "咸公（食药环）立字〔2023〕" + (int) (Math.random() * 1_000_000) + "号";
        Piece filing =
                work.create(City.POLICE, "filing", Drafts.filing(null, "").replace("咸公（食药环）立字〔2023〕1号", number));
        String written =
                number.replace("（", "( ").replace("）", ")").replace("〔", "[").replace("〕", "] ");
        for (String unit : List.of(City.POLICE, City.PROC)) {
            JsonNode found = resolve(unit, written);
            assertEquals(1, found.size(), unit);
            assertEquals(filing.matter(), found.at("/0/matterId").asText());
            assertEquals(filing.id(), found.at("/0/recordId").asText());
        }
        AnswerShape none = shape(City.MSA, "/v1/matters/resolve", number("咸公立字〔1999〕1号"));
        assertEquals(none, shape(City.MSA, "/v1/matters/resolve", number(number)));
        assertEquals("{\"matches\":[],\"more\":false}", none.body());
        // The auditor sees that there is a filing, but no number of it.
        assertEquals(200, read(City.AUD, filing).status());
        assertEquals(0, resolve(City.AUD, number).size());
    }

    @Test
    void aNumberIsFoundNoMoreOnceItWasCorrected() {
        String number = "咸市监移〔2023〕" + (int) (Math.random() * 1_000_000) + "号";
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"documentNumber\": \"" + number + "\","));
        assertEquals(1, resolve(City.POLICE, number).size());
        work.amend(City.MSA, clue, Drafts.clue("", null, "\"documentNumber\": \"" + number + "-2\","));
        assertEquals(0, resolve(City.POLICE, number).size());
        assertEquals(1, resolve(City.POLICE, number + "-2").size());
    }

    /** Records that bear the number where the caller sees them, but not it, do not crowd out the one that shows it. */
    @Test
    void aNumberIsFoundBehindAHundredThatDoNotShowIt() {
        String number = "咸市监移〔2023〕" + (int) (Math.random() * 1_000_000) + "号";
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"documentNumber\": \"" + number + "\","));
        work.sql(
                "WITH other AS (INSERT INTO xietong.record SELECT (('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid),"
                        + " kind, matter_id, owner_unit, owner_officer, system, NULL, origin, NULL, state, label, addressees,"
                        + " occurred_at, precision, recorded_at, changed_at, version, content, filing_id, attributes, participants"
                        + " FROM xietong.record, generate_series(1, 120) AS i WHERE id = ?::uuid RETURNING id),"
                        + " seen AS (INSERT INTO xietong.record_sight (viewer, id, kind, at, matter_id, state, view)"
                        + " SELECT 'POLICE-421200', id, 'clue', now(), ?::uuid, 'REGISTERED', 'SUMMARY' FROM other)"
                        + " INSERT INTO xietong.record_number SELECT n.number, other.id FROM other, xietong.record_number n"
                        + " WHERE n.record_id = ?::uuid",
                clue.id(),
                clue.matter(),
                clue.id());
        JsonNode found = resolve(City.POLICE, number);
        // The feed was never told of these: whoever reads it after this test is to find none of them.
        work.sql(
                "WITH other AS (SELECT id FROM xietong.record WHERE matter_id = ?::uuid AND id <> ?::uuid),"
                        + " numbers AS (DELETE FROM xietong.record_number WHERE record_id IN (SELECT id FROM other)),"
                        + " seen AS (DELETE FROM xietong.record_sight WHERE id IN (SELECT id FROM other))"
                        + " DELETE FROM xietong.record WHERE id IN (SELECT id FROM other)",
                clue.matter(),
                clue.id());
        assertEquals(List.of(clue.id()), List.of(found.at("/0/recordId").asText()));
    }

    private JsonNode resolve(String unit, String number) {
        return post(200, unit, "/v1/matters/resolve", number(number)).get("matches");
    }

    private Piece civil() {
        return civil(null);
    }

    private Piece civil(String matter) {
        return work.create(
                City.COURT, "filing", Scenes.other("CIVIL", "CIVIL_TRADEMARK", matter, "S-" + UUID.randomUUID()));
    }

    private String participant(Piece filing) {
        return Casework.json(read(City.POLICE, filing))
                .at("/content/participants/0/id")
                .asText();
    }

    private JsonNode invitations(String unit, Piece piece, String query) {
        SignedAnswer answer = city.call(unit, "GET", piece.matterPath() + "/invitations" + query)
                .send();
        assertEquals(200, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private AnswerShape got(String unit, String path) {
        return AnswerShape.of(city, city.call(unit, "GET", path).send());
    }

    private static List<String> each(JsonNode page, String field) {
        List<String> texts = new ArrayList<>();
        page.get("items").forEach(item -> texts.add(item.get(field).asText()));
        return texts;
    }

    private static String split(String to, String from, String person) {
        return "{\"type\": \"SPLIT_FROM\", \"to\": \"" + to + "\", \"persons\": [{\"from\": \"" + from
                + "\", \"to\": \"" + person + "\"}]}";
    }

    private JsonNode post(int status, String unit, String path, String body) {
        SignedAnswer answer = send(unit, path, body);
        assertEquals(status, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private SignedAnswer send(String unit, String path, String body) {
        Call call = city.call(unit, "POST", path).idempotencyKey();
        return (body.isEmpty() ? call : call.body(City.utf8(body))).send();
    }

    private AnswerShape shape(String unit, String path, String body) {
        return AnswerShape.of(city, send(unit, path, body));
    }

    private void assertSameAsNothing(String unit, String matter, String act, String body) {
        AnswerShape nothing = shape(unit, "/v1/matters/" + UUID.randomUUID() + act, body);
        assertEquals(404, nothing.status());
        assertEquals(nothing, shape(unit, "/v1/matters/" + matter + act, body));
    }

    private SignedAnswer read(String unit, Piece piece) {
        return city.call(unit, "GET", piece.path()).send();
    }

    private JsonNode matter(String unit, String matter) {
        SignedAnswer answer = city.call(unit, "GET", "/v1/matters/" + matter).send();
        assertEquals(200, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String unit(String unit) {
        return "{\"unit\": \"" + unit + "\"}";
    }

    private static String link(String to) {
        return "{\"type\": \"SPLIT_FROM\", \"to\": \"" + to + "\"}";
    }

    private static String number(String number) {
        return "{\"number\": \"" + number + "\"}";
    }
}
