package org.xietong.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bodies of the stages of a case that pass every rule, and of the acts upon them. */
public final class Stages {
    /** States that a stage of a criminal case may have; for filters. */
    public static final List<String> STATES = List.of(
            "UNDER_REVIEW",
            "FILED",
            "WITHDRAWN",
            "PROPOSED",
            "EXECUTED",
            "NOTIFIED",
            "DECIDED",
            "RECEIVED",
            "RETURNED",
            "REVOKED");

    private Stages() {}

    /** A criminal filing upon two suspects. */
    public static String criminal(@Nullable String matter, String second) {
        return """
                {%s "noStateSecret": true,
                 "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2023-01-12",
                   "caseNumber": "咸公（食药环）立字〔2023〕1号",
                   "participants": [
                     {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张某某"},
                     {"ref": "P2", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "%s"}]}}
                """.formatted(matter == null ? "" : "\"matterId\": \"" + matter + "\",", second);
    }

    public static String draft(@Nullable String filing, String content) {
        String of = filing == null ? "" : "\"filing\": \"" + filing + "\",";
        return "{" + of + " \"noStateSecret\": true, \"content\": {" + content + "}}";
    }

    public static String measure(String measure, String... participants) {
        return "\"measure\": \"" + measure + "\", \"startsOn\": \"2023-01-13\"," + participants(participants);
    }

    public static String arrest(String... suspects) {
        return "\"requestedOn\": \"2023-01-20\", \"facts\": \"有证据证明有犯罪事实\","
                + suspects(suspects, "\"charge\": \"CL_214\", \"custodySince\": \"2023-01-13\"")
                + "," + participants(suspects);
    }

    public static String prosecution(String... suspects) {
        return "\"receivedOn\": \"2023-03-20\"," + suspects(suspects, "\"charges\": [\"CL_214\"]") + ","
                + participants(suspects);
    }

    public static String judgment(String... defendants) {
        return """
                "caseClass": "CRIMINAL", "instance": "FIRST", "court": "咸宁市中级人民法院",
                "caseNumber": "（2023）鄂12刑初1号", "documentType": "JUDGMENT", "results": [%s], %s
                """.formatted(each(defendants, """
                {"participant": "%s", "outcome": "CONVICTED", "months": 18, "fine": "30000",
                 "counts": [{"charge": "CL_214", "months": 18, "fine": "30000"}]}
                """), participants(defendants));
    }

    public static String enforcement(String... persons) {
        return """
                "caseClass": "CRIMINAL", "type": "FINE", "basisNumber": "（2023）鄂12刑初1号", "shares": [%s], %s
                """.formatted(each(persons, "{\"participant\": \"%s\", \"ordered\": \"30000\"}"), participants(persons));
    }

    /** With the paper that opens a supervision of that type, or the reason of an early participation. */
    public static String supervision(String type, String more) {
        String opening = switch (type) {
            case "FILING" -> "\"document\": \"REASONS_FOR_NOT_FILING\"";
            case "WRONG_FILING" -> "\"document\": \"REASONS_FOR_FILING\"";
            case "NON_TRANSFER", "REVERSE_TRANSFER" -> "\"document\": \"OPINION\"";
            case "EARLY_PARTICIPATION", "EARLY_PARTICIPATION_REQUEST" -> "\"reason\": \"DIFFICULT\"";
            default -> "\"document\": \"CORRECTION\"";
        };
        return """
                "type": "%s", "target": "立案活动", %s, "facts": "立案理由待说明",
                "requestedOn": "2023-02-01", "dueOn": "2023-02-08"%s
                """.formatted(type, opening, more);
    }

    public static String penalty(String more) {
        return """
                "rightType": "TRADEMARK", "facts": "销售侵犯注册商标专用权的白酒", "decisionType": "PENALTY",
                "legalBasis": "商标法第六十条", "decidedOn": "2023-02-01", "fine": "50000",
                "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["PARTY"], "name": "张某某"}]%s
                """.formatted(more);
    }

    /** Participants by their ids in the matter. */
    public static String participants(String... ids) {
        return "\"participants\": ["
                + each(
                        ids,
                        "{\"id\": \"%s\", \"type\": \"NATURAL_PERSON\", \"roles\": [\"SUSPECT\"], \"name\": \"某某\"}")
                + "]";
    }

    private static String suspects(String[] ids, String more) {
        return "\"suspects\": [" + each(ids, "{\"participant\": \"%s\", " + more + "}") + "]";
    }

    private static String each(String[] ids, String form) {
        return Arrays.stream(ids).map(form::formatted).collect(Collectors.joining(","));
    }

    /** An act that rests on a document. */
    public static String document(String number) {
        return "{\"documentNumber\": \"" + number + "\"}";
    }

    /** An act that hands over. */
    public static String to(String number, String unit) {
        return "{\"documentNumber\": \"" + number + "\", \"addressees\": [\"" + unit + "\"]}";
    }

    /** An act upon one participant. */
    public static String of(String participant, String number, String more) {
        return "{" + more + (more.isBlank() || more.strip().endsWith(",") ? "" : ",") + "\"documentNumber\": \""
                + number + "\", \"participants\": [\"" + participant + "\"]}";
    }

    public static String note(String text) {
        return "\"note\": \"" + text + "\", \"noStateSecret\": true";
    }
}
