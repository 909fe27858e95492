package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.policy.Situation.attended;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xietong.agency.AgencyCode;
import org.xietong.label.Caveat;

class ExplanationTest {
    record Paper(
            @Shown(View.METADATA) String rightType,
            @Shown(View.SUMMARY) String title,
            @Shown(View.FULL) String facts,

            @Shown(value = View.METADATA, caveats = Caveat.INFORMANT)
            String informant) {}

    private final ObjectMapper json = new ObjectMapper();
    private final PolicySet policy = PolicySet.load();
    private final PolicyEngine engine = Situation.engine();
    private final Explainer explainer =
            new Explainer(policy, Situation.units(), engine, new Redactor(List.of(Paper.class)));

    @Test
    void saysNothingOfWhatIsOutOfSightThatItWouldNotSayOfNothing() throws Exception {
        Viewer court = attended("COURT-421202");
        Explanation hidden =
                explain(court, Optional.of(Situation.clueOf("MSA-421202").facts()));
        Explanation labelled = explain(
                attended("COURT-421202"),
                Optional.of(Situation.clueOf("MSA-421202")
                        .addressedTo("COURT-421202")
                        .labelled(Labels.with(Caveat.SEALED_RECORD))
                        .facts()));
        Explanation nothing = explain(court, Optional.empty());
        assertEquals(json.writeValueAsString(nothing), json.writeValueAsString(hidden));
        assertEquals(json.writeValueAsString(nothing), json.writeValueAsString(labelled));
        assertFalse(nothing.visible());
        assertNull(nothing.rule());
    }

    @Test
    void saysNothingOfARecordOfAnotherKind() {
        Optional<RecordFacts> filing =
                Optional.of(Situation.filing("CIVIL", "COURT-421202").facts());
        assertEquals(explain(attended("COURT-421202"), Optional.empty()), explain(attended("COURT-421202"), filing));
    }

    @Test
    void listsTheRowsOfTheAskersOwnAgency() {
        Explanation nothing = explain(attended("POLICE-421202"), Optional.empty());
        assertEquals(
                List.of("POLICE-CLUE-ADDRESSEE", "POLICE-CLUE"),
                nothing.rows().stream().map(Matrix.Sight::id).toList());
    }

    @Test
    void saysRuleBasisCeilingAndEveryMaskedField() {
        Explanation seen = explain(
                attended("POLICE-421202"),
                Optional.of(Situation.clueOf("MSA-421202")
                        .labelled(Labels.with(Caveat.MINOR))
                        .facts()));
        assertTrue(seen.visible());
        assertEquals("POLICE-CLUE", seen.rule());
        assertEquals("第5条", seen.basis().article());
        assertEquals(View.METADATA, seen.view());
        assertEquals(List.of("label:caveat:MINOR"), seen.ceilings());
        assertEquals(
                List.of("title VIEW", "facts VIEW", "informant CAVEAT"),
                seen.masked().stream().map(m -> m.field() + " " + m.reason()).toList());
    }

    @Test
    void writesTheMatrixReadably() throws Exception {
        JsonNode matrix = json.readTree(json.writeValueAsString(Matrix.of(policy)));
        assertEquals(policy.version(), matrix.get("version").textValue());
        assertEquals(AgencyCode.values().length, matrix.get("agencies").size());
        assertEquals(Caveat.values().length, matrix.get("ceilings").size());
        JsonNode row = matrix.at("/agencies/0/views/2");
        assertEquals("COURT-CRIMINAL-INDICTED", row.get("id").textValue());
        assertEquals("CRIMINAL", row.at("/where/filingType").textValue());
        assertEquals("after:INDICTED", row.at("/when/1/code").textValue());
        assertEquals("该参与人已提起公诉", row.at("/when/1/text").textValue());
        assertEquals("NONE", row.at("/basis/verified").textValue());
    }

    private Explanation explain(Viewer viewer, Optional<RecordFacts> facts) {
        return explainer.explain(viewer, "clue", Paper.class, facts);
    }
}
