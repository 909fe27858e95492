package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.Casework.json;
import static org.xietong.api.Casework.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stages;

/** The numbers of domain.md §2 on records, over HTTP: normal form where the rule passes, as stated where nobody claims more. */
@QuarkusTest
@WithTestResource(CityResource.class)
class IdentifiersOnRecordsTest {
    private final Casework work = new Casework();

    @ParameterizedTest
    @CsvSource({
        "PATENT, zl 2003 1 0102344.5, ZL200310102344.5, false",
        "PATENT, ZL200310102344.6, ZL200310102344.6, true",
        "TRADEMARK, 1479930, 1479930, false",
        "TRADEMARK, １０７５６３７０, 10756370, false",
        "TRADEMARK, G1012345, G1012345, false",
        "COPYRIGHT, 国作登字－2021－F－00012345, 国作登字-2021-F-00012345, false",
        "COPYRIGHT, 鄂作登字-2021-F-00012345, 鄂作登字-2021-F-00012345, false",
        "COPYRIGHT, 2021sr0123456, 2021SR0123456, false",
        "COPYRIGHT, 17-2006-F-001, 17-2006-F-001, true"
    })
    void aRightIsNamedByItsNumber(String type, String stated, String stored, boolean asStated) {
        JsonNode number = onClue(
                        "\"registrationNumbers\": [{\"type\": \"%s\", \"value\": \"%s\"}],".formatted(type, stated))
                .at("/content/registrationNumbers/0");
        assertEquals(stored, number.path("value").asText());
        assertEquals(asStated, number.path("asStated").asBoolean());
    }

    @ParameterizedTest
    @CsvSource({
        "NATURAL_PERSON, RESIDENT_NUMBER, 11010519491231002x, 11010519491231002X, false",
        "NATURAL_PERSON, RESIDENT_NUMBER, 110105194912310021, 110105194912310021, true",
        "NATURAL_PERSON, RESIDENT_NUMBER, 110105491231002, 110105491231002, true",
        "NATURAL_PERSON, PASSPORT, E00000000, E00000000, true",
        "UNIT, CREDIT_CODE, 9144030071526726xg, 9144030071526726XG, false",
        "UNIT, CREDIT_CODE, 114212000113300010, 114212000113300010, false",
        "UNIT, CREDIT_CODE, 9144030071526726XH, 9144030071526726XH, true"
    })
    void aPersonOrUnitIsNamedByItsNumber(String who, String type, String stated, String stored, boolean asStated) {
        JsonNode number = onClue(participant(who, type, stated, "")).at("/content/participants/0/identifiers/0");
        assertEquals(stored, number.path("value").asText());
        assertEquals(asStated, number.path("asStated").asBoolean());
        assertFalse(number.path("verified").asBoolean());
    }

    @ParameterizedTest
    @CsvSource({
        "NATURAL_PERSON, RESIDENT_NUMBER, 110105194912310021, value, CHECK_DIGIT",
        "NATURAL_PERSON, RESIDENT_NUMBER, 110105491231002, value, LEGACY_NUMBER",
        "NATURAL_PERSON, RESIDENT_NUMBER, 110105194902310020, value, DATE",
        "NATURAL_PERSON, PASSPORT, E00000000, verified, NOT_CHECKABLE",
        "UNIT, CREDIT_CODE, 9144030071526726XH, value, CHECK_DIGIT",
        "UNIT, CREDIT_CODE, 91A403007152672600, value, DIVISION"
    })
    void aClaimThatDoesNotHoldIsRefusedWithoutTheNumber(
            String who, String type, String stated, String field, String rule) {
        String claim = ", \"verified\": true, \"verification\": \"DOCUMENT_SEEN\"";
        SignedAnswer refused = send("/v1/clues", City.MSA, clue(participant(who, type, stated, claim)));
        assertEquals(422, refused.status(), text(refused));
        JsonNode fault = json(refused).at("/faults/0");
        assertEquals(
                "/content/participants/0/identifiers/0/" + field,
                fault.path("field").asText());
        assertEquals(rule, fault.path("rule").asText());
        assertFalse(text(refused).contains(stated));
    }

    @ParameterizedTest
    @CsvSource({"421202, 201", "421281, 201", "421299, 422", "991200, 422"})
    void aPlaceIsADivision(String place, int status) {
        SignedAnswer answer = send(
                "/v1/clues",
                City.MSA,
                Drafts.clue("").replace("\"place\": \"421200\"", "\"place\": \"" + place + "\""));
        assertEquals(status, answer.status(), text(answer));
        if (status == 422) {
            assertEquals("DIVISION", json(answer).at("/faults/0/rule").asText());
        }
    }

    @Test
    void aPenaltyBearsTheNumberOfItsAgencyInNormalForm() {
        Piece penalty = work.create(
                City.MSA, "penalty", Stages.draft(null, Stages.penalty(", \"caseNumber\": \"咸市监处罚(2021)3号\"")));
        penalty = work.act(City.MSA, penalty, "notify", Stages.document("咸市监罚告[2021]3号"));
        JsonNode read = read(City.MSA, penalty);
        assertEquals("咸市监处罚〔2021〕3号", read.at("/content/caseNumber").asText());
        assertEquals("咸市监罚告〔2021〕3号", read.path("documentNumber").asText());
    }

    /** What an act decided under a number is that number, however the draft that repeats it writes it. */
    @Test
    void aDecisionsNumberIsRepeatedInAnyForm() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrestRequested();
        it.act(City.PROC, arrest, "approve", Stages.document("咸检批捕(2023)1号"));
        assertEquals(
                "咸检批捕〔2023〕1号",
                it.read(City.POLICE, arrest).at("/content/suspects/0/number").asText());
        String repeated = Stages.arrest(it.first(), it.second())
                .replace("\"charge\"", "\"number\": \"咸检批捕[2023]1号\", \"charge\"");
        Piece now = new Piece("arrest", arrest.id(), arrest.matter(), "*");
        work.amend(City.POLICE, now, Stages.draft(it.filing().id(), repeated));
        assertEquals(
                "咸检批捕〔2023〕1号",
                it.read(City.POLICE, arrest).at("/content/suspects/1/number").asText());
    }

    @Test
    void aNumberOutsideEveryFormStandsAsItWasStated() {
        Piece penalty =
                work.create(City.MSA, "penalty", Stages.draft(null, Stages.penalty(", \"caseNumber\": \"旧卷 第8号\"")));
        assertEquals("旧卷 第8号", read(City.MSA, penalty).at("/content/caseNumber").asText());
    }

    /** Published case numbers, the appeal in Wuhan of the sample cases among them, and one of before 2016. */
    @ParameterizedTest
    @CsvSource({
        "（2016）鄂0102刑初669号, CRIMINAL, （2016）鄂0102刑初669号",
        "(2016)鄂01刑终1395号, CRIMINAL, （2016）鄂01刑终1395号",
        "[2020]鄂知民终132号, CIVIL, （2020）鄂知民终132号",
        "〔2023〕鄂01知民初481号, CIVIL, （2023）鄂01知民初481号",
        "(2007)民三终字第4号, CIVIL, （2007）民三终字第4号"
    })
    void aJudgmentBearsItsCaseNumberInNormalForm(String stated, String caseClass, String stored) {
        Piece judgment = work.create(City.COURT, "judgment", judgment(stated, caseClass));
        assertEquals(
                stored, read(City.COURT, judgment).at("/content/caseNumber").asText());
    }

    @ParameterizedTest
    @CsvSource({"2016鄂0102刑初669号", "（2016）鄂010刑初669号", "咸市监处罚〔2021〕3号"})
    void aJudgmentWithoutACaseNumberIsRefused(String stated) {
        SignedAnswer refused = send("/v1/judgments", City.COURT, judgment(stated, "CIVIL"));
        assertEquals(422, refused.status());
        assertEquals("/content/caseNumber", json(refused).at("/faults/0/field").asText());
        assertEquals("FORMAT", json(refused).at("/faults/0/rule").asText());
        assertFalse(text(refused).contains(stated));
    }

    @Test
    void aCauseMustBeInForceAndOfItsProcedure() {
        assertEquals("NOT_IN_FORCE", causeRule("CIVIL_SEP"));
        assertEquals("NOT_ALLOWED", causeRule("ADMIN_TRADEMARK"));
        assertEquals("UNKNOWN_CODE", causeRule("CIVIL_NOTHING"));
        assertEquals("", causeRule("CIVIL_TRADEMARK"));
    }

    private String causeRule(String cause) {
        SignedAnswer answer = send("/v1/filings", City.COURT, """
                {"noStateSecret": true, "content": {"filingType": "CIVIL", "cause": "%s", "filedOn": "2023-01-12",
                  "caseNumber": "（2023）鄂12知民初1号",
                  "participants": [{"ref": "P1", "type": "UNIT", "roles": ["PLAINTIFF"], "name": "某酒业公司"}]}}
                """.formatted(cause));
        assertTrue(answer.status() == 201 || answer.status() == 422, text(answer));
        return json(answer).at("/faults/0/rule").asText();
    }

    private static String judgment(String number, String caseClass) {
        return """
                {"noStateSecret": true, "content": {"caseClass": "%s", "instance": "FIRST", "court": "某某人民法院",
                  "caseNumber": "%s",
                  "participants": [{"ref": "P1", "type": "UNIT", "roles": ["DEFENDANT"], "name": "某酒业公司"}]}}
                """.formatted(caseClass, number);
    }

    private static String participant(String who, String type, String value, String more) {
        return """
                "participants": [{"ref": "P1", "type": "%s", "roles": ["SUSPECT"], "name": "某某",
                  "identifiers": [{"type": "%s", "value": "%s"%s}]}],
                """.formatted(who, type, value, more);
    }

    private static String clue(String more) {
        return """
                {"noStateSecret": true, "content": {%s
                  "rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION", "title": "线索",
                  "facts": "现场检查发现", "place": "421200", "foundOn": "2023-01-03"}}
                """.formatted(more);
    }

    private JsonNode onClue(String more) {
        return read(City.MSA, work.create(City.MSA, "clue", clue(more)));
    }

    private SignedAnswer send(String path, String unit, String draft) {
        return work.city()
                .call(unit, "POST", path)
                .idempotencyKey()
                .body(City.utf8(draft))
                .send();
    }

    private JsonNode read(String unit, Piece piece) {
        return json(work.city().call(unit, "GET", piece.path()).send());
    }
}
