package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy loads whole or not at all, and says where the fault lies (I2). One test per fault. */
class PolicyLoadingTest {
    private final PolicyFiles files = PolicyFiles.shipped();

    @Test
    void refusesAnUnknownKind() {
        refuses("unknown kind \"rumour\"", "POLICE-CLUE-ADDRESSEE", "kind: clue", "kind: rumour");
    }

    @Test
    void refusesAnUnknownCondition() {
        refuses("unknown condition \"friend\"", "POLICE-CLUE-ADDRESSEE", "[addressee]", "[friend]");
    }

    @Test
    void refusesAMalformedCondition() {
        refuses("unknown condition", "POLICE-CLUE-ADDRESSEE", "[addressee]", "[addressee, {before: FILED}]");
    }

    @Test
    void refusesARepeatedCondition() {
        refuses("repeats condition", "POLICE-CLUE-ADDRESSEE", "[addressee]", "[addressee, addressee]");
    }

    @Test
    void refusesARowWithoutCondition() {
        refuses("names no relation", "POLICE-CLUE-ADDRESSEE", "[addressee]", "[]");
    }

    @Test
    void refusesARowWithoutRelation() {
        refuses("names no relation", "POLICE-CLUE-ADDRESSEE", "[addressee]", "[{after: FILED}]");
    }

    @Test
    void refusesAnUnknownMilestone() {
        refuses("unknown milestone \"SLEPT\"", "POLICE-ADMIN-TRANSFERRED", "after: TRANSFERRED", "after: SLEPT");
    }

    @Test
    void refusesAnUnknownView() {
        refuses("unknown view \"EVERYTHING\"", "POLICE-CLUE-ADDRESSEE", "view: FULL", "view: EVERYTHING");
    }

    @Test
    void refusesAnUnknownCaveat() {
        refuses("unknown caveat \"GOSSIP\"", "POLICE-CLUE-ADDRESSEE", "[INVESTIGATION,", "[GOSSIP,");
    }

    @Test
    void refusesAnUnknownField() {
        refuses(
                "unknown word \"colour\"",
                "POLICE-CLUE-ADDRESSEE",
                "statutory: false",
                "statutory: false\n    hide: [colour]");
    }

    @Test
    void refusesAFieldOfAnotherKind() {
        refuses(
                "unknown word \"filedOn\"",
                "POLICE-CLUE-ADDRESSEE",
                "statutory: false",
                "statutory: false\n    hide: [filedOn]");
    }

    @Test
    void refusesAnUnknownKey() {
        refuses("unknown key \"shows\"", "POLICE-CLUE-ADDRESSEE", "view: FULL", "view: FULL\n    shows: all");
    }

    @Test
    void refusesAnUnknownAttribute() {
        refuses("unknown key \"colour\"", "POLICE-CRIMINAL-OWNER", "{filingType: CRIMINAL}", "{colour: RED}");
    }

    @Test
    void refusesAnUnknownAttributeValue() {
        refuses(
                "unknown filingType \"MARTIAL\"",
                "POLICE-CRIMINAL-OWNER",
                "{filingType: CRIMINAL}",
                "{filingType: MARTIAL}");
    }

    @Test
    void refusesAMissingBasis() {
        String basis = "basis: {law: 咸中法〔2021〕10号, article: 第7条, text: 发现涉嫌知识产权犯罪线索的，应当及时以书面形式向公安机关移送, verified: text}";
        refuses("missing basis", "POLICE-CLUE-ADDRESSEE", "    " + basis + "\n", "");
    }

    @Test
    void refusesABasisWithoutArticle() {
        refuses("missing article", "POLICE-CLUE-ADDRESSEE, basis", "article: 第7条, ", "");
    }

    @Test
    void refusesABasisWithoutItsMark() {
        refuses("missing verified", "POLICE-CLUE-ADDRESSEE, basis", ", verified: text}", "}");
    }

    @Test
    void refusesAnUnknownMarkOfABasis() {
        refuses("unknown verified \"SURELY\"", "POLICE-CLUE-ADDRESSEE, basis", "verified: text", "verified: surely");
    }

    @Test
    void refusesAMissingView() {
        refuses("missing view", "POLICE-CLUE-ADDRESSEE", "    view: FULL\n", "");
    }

    @Test
    void refusesAMissingStatutoryFlag() {
        refuses("missing statutory", "POLICE-CLUE-ADDRESSEE", "    statutory: false\n", "");
    }

    @Test
    void refusesAFlagThatIsNone() {
        refuses("statutory is neither", "POLICE-CLUE-ADDRESSEE", "statutory: false", "statutory: perhaps");
    }

    @Test
    void refusesADuplicateIdInOneFile() {
        refuses("the id stands twice", "POLICE-CLUE-ADDRESSEE", "id: POLICE-CLUE\n", "id: POLICE-CLUE-ADDRESSEE\n");
    }

    @Test
    void refusesAnIdOfARightThatARowBears() {
        refuses("the id stands twice", "POLICE-CLUE", "id: POLICE-CLUE-ANSWER", "id: POLICE-CLUE");
    }

    @Test
    void refusesAnIdOfAnotherAgency() {
        refuses("does not begin with POLICE-", "MSA-CLUE", "id: POLICE-CLUE\n", "id: MSA-CLUE\n");
    }

    @Test
    void refusesADuplicateKey() {
        files.replace("POLICE.yaml", "view: FULL", "view: FULL\n    view: SUMMARY");
        fails("POLICE.yaml: ", "Duplicate");
    }

    @Test
    void refusesASecondDocument() {
        files.put("AUD.yaml", "agency: AUD\nviews: []\nacts: []\n---\nagency: AUD\n");
        fails("AUD.yaml");
    }

    @Test
    void refusesAnEmptyFile() {
        files.put("AUD.yaml", "");
        fails("AUD.yaml");
    }

    @Test
    void refusesAFileThatIsNotYaml() {
        files.put("AUD.yaml", "agency: [");
        fails("AUD.yaml");
    }

    @Test
    void refusesAMissingAgency() {
        files.remove("AUD.yaml");
        fails("AUD.yaml");
    }

    @Test
    void refusesAFileOfAnotherAgency() {
        files.replace("AUD.yaml", "agency: AUD", "agency: MED");
        fails("AUD.yaml: speaks of another agency");
    }

    @Test
    void refusesAFileWithoutViews() {
        files.put("AUD.yaml", "agency: AUD\nacts: []\n");
        fails("AUD.yaml: missing views");
    }

    @Test
    void refusesAnUnknownAct() {
        refuses("unknown word \"shred\"", "POLICE-CRIMINAL-WITHDRAW", "act: [withdraw, discontinue]", "act: [shred]");
    }

    @Test
    void refusesARightWithoutAct() {
        refuses("names no act", "POLICE-CRIMINAL-WITHDRAW", "act: [withdraw, discontinue]", "act: []");
    }

    @Test
    void refusesARightThatRestsOnNearness() {
        refuses(
                "no right to act rests on sameLevel",
                "POLICE-CLUE-ANSWER",
                "act: [dispose, feedback]\n    when: [addressee]",
                "act: [dispose, feedback]\n    when: [sameLevel]");
    }

    @Test
    void refusesARightToWriteForTheSisterAgency() {
        files.replace("MSA.yaml", "act: [amend]\n    when: [owner]", "act: [amend]\n    when: [operatedWith]");
        fails("MSA.yaml, row MSA-CLUE-AMEND: no right to act rests on operatedWith");
    }

    @Test
    void refusesARightToAmendForTheAddressee() {
        files.replace("MSA.yaml", "act: [amend]\n    when: [owner]", "act: [amend]\n    when: [addressee]");
        fails("MSA.yaml, row MSA-CLUE-AMEND: only the owner does");
    }

    @Test
    void refusesToOpenTheInformantToAnybodyElse() {
        refuses("INFORMANT opens to the owner only", "POLICE-CLUE-ADDRESSEE", "[INVESTIGATION,", "[INFORMANT,");
    }

    @Test
    void refusesACaveatWithoutCeiling() {
        files.replace("ceiling.yaml", "  - {caveat: MINOR, most: METADATA, zh: 涉未成年人：摘要也可能使人识别其身份}\n", "");
        fails("ceiling.yaml: missing caveat MINOR");
    }

    @Test
    void refusesACeilingThatStandsTwice() {
        files.replace("ceiling.yaml", "caveat: PI,", "caveat: MINOR,");
        fails("ceiling.yaml: caveat MINOR stands twice");
    }

    @Test
    void refusesAnUnknownCeiling() {
        files.replace("ceiling.yaml", "most: METADATA", "most: LITTLE");
        fails("ceiling.yaml: unknown view \"LITTLE\"");
    }

    @Test
    void changesItsVersionWithEachFile() throws IOException {
        String before = PolicySet.load(files).version();
        for (String file : List.of("vocabulary.yaml", "ceiling.yaml", "COURT.yaml", "AUD.yaml", "outside.yaml")) {
            PolicyFiles changed = PolicyFiles.shipped();
            changed.put(file, new String(changed.read(file), StandardCharsets.UTF_8) + "# one line\n");
            assertNotEquals(before, PolicySet.load(changed).version(), file);
        }
    }

    @Test
    void hasAVersionThatAnybodyCanCompute() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (String name : "vocabulary ceiling COURT PROC POLICE MSA IPO COPYRIGHT MED AUD outside".split(" ")) {
            sha256.update(files.read(name + ".yaml"));
        }
        assertEquals(
                HexFormat.of().formatHex(sha256.digest()).substring(0, 16),
                PolicySet.load().version());
    }

    @Test
    void refusesAnEmptyFolder(@TempDir Path folder) {
        assertThrows(PolicyException.class, () -> PolicySet.load(PolicySource.folder(folder)));
    }

    /** Changes POLICE.yaml and expects a refusal that names the row. */
    private void refuses(String fault, String row, String old, String now) {
        files.replace("POLICE.yaml", old, now);
        fails("POLICE.yaml, row " + row + ": ", fault);
    }

    private void fails(String... parts) {
        PolicyException refused = assertThrows(PolicyException.class, () -> PolicySet.load(files));
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
    }
}
