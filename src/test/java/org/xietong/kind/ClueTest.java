package org.xietong.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.xietong.matter.Participants;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.ContentReader;
import org.xietong.record.StrictJson;
import org.xietong.testing.Validators;

/** A clue as a case system sends it: the facts of the Luoyang case, 某某 for people, synthetic numbers. */
class ClueTest {
    private static final String SECRET = "泄露探针";
    private static final StrictJson JSON = new StrictJson(StrictJson.DEFAULT_MAX_DEPTH, StrictJson.DEFAULT_MAX_BYTES);
    private static final ContentReader READER = new ContentReader(JSON, Validators.plain());
    private static final String DRAFT = """
            {"rightType":"TRADEMARK","trigger":"SUSPICION","source":"INSPECTION","title":"假冒白酒线索","facts":"现场检查发现",
             "place":"421202","foundOn":"2023-01-03","goods":[{"name":"白酒","quantity":"158","unit":"CASE","value":"2840000"}],
             "amounts":[{"type":"GOODS_VALUE","value":"2840000","unit":"CNY","participant":"p1"}],"suspectedArticle":"CL_214",
             "participants":[
               {"ref":"u1","type":"UNIT","roles":["PARTY"],"name":"某某商贸有限公司",
                "identifiers":[{"type":"CREDIT_CODE","value":"9142120000000000XX"}]},
               {"ref":"p1","type":"NATURAL_PERSON","roles":["SUSPECT","DIRECTLY_RESPONSIBLE"],"name":"某某","represents":"u1",
                "identifiers":[{"type":"RESIDENT_NUMBER","value":"11010519491231002x","verified":true,"verification":"CARD_READER"}]}],
             "rightHolders":[{"name":"某某酒业股份有限公司","type":"UNIT"}],
             "registrationNumbers":[{"type":"TRADEMARK","value":"1479930"}],
             "flags":[{"code":"SOURCE","reason":"窝点"}],"informant":{"anonymous":true}}
            """;

    @Test
    void readsACompleteDraftIntoItsStoredForm() {
        Clue clue = read(draft -> {});
        assertEquals(
                "11010519491231002X",
                clue.participants().get(1).identifiers().get(0).value());
        assertFalse(clue.participants().get(1).identifiers().get(0).asStated());
        assertEquals(true, clue.participants().get(0).identifiers().get(0).asStated());
        assertEquals(List.of(), clue.check("REGISTERED"));
    }

    @Test
    void resolvesReferencesToTheAssignedIds() {
        Clue clue = read(draft -> {});
        Participants.Identified identified = Participants.identify(
                clue.participants(),
                p -> UUID.nameUUIDFromBytes(new byte[] {(byte) p.ref().charAt(0)}));
        Clue stored = (Clue) clue.withParticipants(identified);
        UUID unit = stored.participants().get(0).id();
        UUID person = stored.participants().get(1).id();
        assertEquals(unit.toString(), stored.participants().get(1).represents());
        assertEquals(person.toString(), stored.amounts().get(0).participant());
        assertEquals(List.of(), stored.check("REGISTERED"));
    }

    @Test
    void collectsEveryBrokenConstraint() {
        List<FieldFault> faults = refuse(ProblemType.INVALID_CONTENT, draft -> {
            draft.remove("title");
            draft.put("rightType", SECRET);
            draft.put("place", "421299");
            draft.put("facts", "x".repeat(20_001));
            ((ObjectNode) draft.at("/amounts/0")).put("value", "-1").put("participant", "nobody");
            ((ObjectNode) draft.at("/participants/1"))
                    .put("represents", "p1")
                    .putArray("aliases")
                    .add(" ");
            ((ObjectNode) draft.at("/participants/1/identifiers/0")).put("value", "110105194912310021");
            ((ObjectNode) draft.at("/participants/0/identifiers/0")).put("type", "PASSPORT");
            ((ObjectNode) draft.at("/registrationNumbers/0")).put("type", "CREDIT_CODE");
        });
        assertEquals(
                List.of(
                        new FieldFault("/amounts/0/participant", "UNKNOWN_REFERENCE"),
                        new FieldFault("/amounts/0/value", "FORMAT"),
                        new FieldFault("/facts", "SIZE"),
                        new FieldFault("/participants/0/identifiers/0/type", "NOT_ALLOWED"),
                        new FieldFault("/participants/1/aliases/0", "REQUIRED"),
                        new FieldFault("/participants/1/identifiers/0/value", "CHECK_DIGIT"),
                        new FieldFault("/participants/1/represents", "NOT_ALLOWED"),
                        new FieldFault("/place", "DIVISION"),
                        new FieldFault("/registrationNumbers/0/type", "NOT_ALLOWED"),
                        new FieldFault("/rightType", "UNKNOWN_CODE"),
                        new FieldFault("/title", "REQUIRED")),
                faults.stream()
                        .sorted(java.util.Comparator.comparing(FieldFault::field))
                        .toList());
    }

    @Test
    void namesEveryUnknownFieldWithoutRepeatingWhatIsNotAName() {
        List<FieldFault> faults = refuse(ProblemType.UNKNOWN_FIELD, draft -> {
            draft.put("state", "CLOSED");
            draft.put(SECRET, 1);
            ((ObjectNode) draft.at("/participants/0")).put("phone", SECRET);
        });
        assertEquals(
                List.of(
                        new FieldFault("/participants/0/phone", "UNKNOWN_FIELD"),
                        new FieldFault("/state", "UNKNOWN_FIELD"),
                        new FieldFault("", "UNKNOWN_FIELD")),
                faults);
    }

    @Test
    void coercesNothing() {
        List<FieldFault> faults = refuse(ProblemType.INVALID_CONTENT, draft -> {
            draft.put("title", 1).put("foundOn", "2023-02-30").put("goods", "x");
            ((ObjectNode) draft.at("/informant")).put("anonymous", "true");
            ((ObjectNode) draft.at("/participants/0")).put("id", "1-1-1-1-1").put("type", 0);
            draft.withArray("/flags").addNull();
        });
        assertEquals(
                List.of("TYPE", "FORMAT", "TYPE", "TYPE", "FORMAT", "REQUIRED", "TYPE"),
                faults.stream().map(FieldFault::rule).toList());
    }

    @Test
    void aClaimOfVerificationMustHold() {
        List<FieldFault> faults = refuse(ProblemType.INVALID_CONTENT, draft -> {
            ObjectNode number = (ObjectNode) draft.at("/participants/1/identifiers/0");
            number.put("type", "PASSPORT").put("value", "E00000000");
            ((ObjectNode) draft.at("/participants/0/identifiers/0")).put("asStated", false);
        });
        assertEquals(
                List.of(
                        new FieldFault("/participants/0/identifiers/0/asStated", "READ_ONLY"),
                        new FieldFault("/participants/1/identifiers/0/verified", "NOT_CHECKABLE")),
                faults.stream()
                        .sorted(java.util.Comparator.comparing(FieldFault::field))
                        .toList());
    }

    @Test
    void aClueOfAnotherKindIsRefused() {
        ProblemException refusal = assertThrows(
                ProblemException.class,
                () -> READER.content(JSON.parse(bytes(DRAFT)), Filing.class, "UNDER_REVIEW", "/content"));
        assertEquals(ProblemType.UNKNOWN_FIELD, refusal.type());
        assertEquals("/content/rightType", refusal.faults().get(0).field());
    }

    @Test
    void aMaskedCopyMayBeEmpty() {
        Clue empty = new Clue(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        assertNull(empty.participants());
        assertNull(((Clue) empty.normalised()).amounts());
    }

    private static Clue read(Consumer<ObjectNode> change) {
        try {
            ObjectNode draft = (ObjectNode) new ObjectMapper().readTree(DRAFT);
            change.accept(draft);
            return READER.content(JSON.parse(bytes(draft.toString())), Clue.class, "REGISTERED", "");
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<FieldFault> refuse(ProblemType type, Consumer<ObjectNode> change) {
        ProblemException refusal = assertThrows(ProblemException.class, () -> read(change));
        assertEquals(type, refusal.type());
        assertFalse(refusal.faults().toString().contains(SECRET));
        return refusal.faults();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
