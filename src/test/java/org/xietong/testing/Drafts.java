package org.xietong.testing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bodies that pass every rule, for tests that then change one thing. */
public final class Drafts {
    private Drafts() {}

    /** A clue in every field; {@code token} stands in each protected one, so that a leak is found by searching it. */
    public static String clue(String token) {
        return clue(token, null, "");
    }

    public static String clue(String token, @Nullable String sourceRef, String more) {
        String ref = sourceRef == null ? "" : "\"sourceRef\": \"" + sourceRef + "\",";
        return """
                {%s "noStateSecret": true, %s
                 "occurred": {"time": "2023-01-03T00:00:00+08:00", "precision": "DAY"},
                 "content": {
                   "rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION",
                   "title": "销售假冒注册商标的商品案%3$s", "facts": "现场检查发现假冒白酒158箱。%3$s",
                   "place": "421200", "foundOn": "2023-01-03", "suspectedArticle": "CL_214",
                   "goods": [{"name": "白酒%3$s", "quantity": "158", "unit": "CASE", "value": "2840000"}],
                   "amounts": [{"type": "GOODS_VALUE", "value": "2840000", "unit": "CNY", "basis": "ESTIMATE"}],
                   "participants": [
                     {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张某某%3$s",
                      "identifiers": [{"type": "RESIDENT_NUMBER", "value": "11010519491231002X",
                        "verified": true, "verification": "DOCUMENT_SEEN"}]},
                     {"ref": "U1", "type": "UNIT", "roles": ["SUSPECT"], "name": "某酒业商行%3$s"}],
                   "informant": {"anonymous": false, "name": "李某%3$s", "contact": "0715-%3$s", "confidential": true}
                 }}
                """.formatted(ref, more, token);
    }

    /** A criminal filing in a matter. */
    public static String filing(@Nullable UUID matter, String token) {
        String in = matter == null ? "" : "\"matterId\": \"" + matter + "\",";
        return """
                {%s "noStateSecret": true,
                 "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2023-01-12",
                   "caseNumber": "咸公（食药环）立字〔2023〕1号",
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张某某%s"}]}}
                """.formatted(in, token);
    }
}
