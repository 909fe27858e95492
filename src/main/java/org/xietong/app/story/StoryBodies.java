package org.xietong.app.story;

/** What the systems send in the story. Numbers are synthetic and pass their check digits; persons are 某某. */
final class StoryBodies {
    static final String RAID = """
            {"sourceRef": "MSA-XA-2021-0001", "noStateSecret": true,
             "occurred": {"time": "2021-03-01T00:00:00+08:00", "precision": "DAY"},
             "label": {"level": "INTERNAL"},
             "content": {
               "rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION",
               "title": "销售假冒注册商标的商品案（假冒白酒）",
               "facts": "现场检查查获涉嫌假冒注册商标的白酒158箱，货值284万元。",
               "place": "421202", "foundOn": "2021-03-01", "suspectedArticle": "CL_214",
               "goods": [{"name": "涉嫌假冒注册商标的白酒", "brand": "五粮液", "quantity": "158", "unit": "CASE",
                          "value": "2840000"}],
               "amounts": [{"type": "GOODS_VALUE", "value": "2840000", "unit": "CNY", "participant": "U1"}],
               "participants": [
                 {"ref": "U1", "type": "UNIT", "roles": ["SUSPECT"], "name": "某酒业商行〔补〕",
                  "identifiers": [{"type": "CREDIT_CODE", "value": "91350100M000100Y43",
                                   "verified": true, "verification": "BUSINESS_REGISTER"}]},
                 {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "某某〔补〕", "represents": "U1"}],
               "informant": {"anonymous": false, "name": "某某〔补〕", "confidential": true}
             }}
            """;

    static final String STATE_SECRET =
            RAID.replace("MSA-XA-2021-0001", "MSA-XA-2021-0002").replace("现场检查查获", "机密★5年 现场检查查获");

    /** 另案处理. */
    static final String APART = """
            {"sourceRef": "POLICE-XA-2021-0002", "noStateSecret": true,
             "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2021-06-01", "caseNumber": "咸安公（经）立字〔2021〕2号",
               "participants": [{"ref": "P3", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "丙某某〔补〕"}]}}
            """;

    static final String DECIDED = "\"noStateSecret\": true, \"content\": "
            + penaltyContent("\"decisionType\": \"PENALTY\", \"legalBasis\": \"商标法第六十条\", \"fine\": \"30000\","
                    + " \"decidedOn\": \"2021-12-15\",");

    private StoryBodies() {}

    static String filing(String matter) {
        return """
                {"matterId": "%s", "sourceRef": "POLICE-XA-2021-0001", "noStateSecret": true,
                 "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2021-03-10",
                   "caseNumber": "咸安公（经）立字〔2021〕1号",
                   "participants": [
                     {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "甲某某〔补〕"},
                     {"ref": "P2", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "乙某某〔补〕"}]}}
                """.formatted(matter);
    }

    static String penalty(String decided) {
        return "{\"noStateSecret\": true, \"content\": " + penaltyContent(decided) + "}";
    }

    private static String penaltyContent(String decided) {
        return """
                {"rightType": "TRADEMARK", "facts": "销售侵犯注册商标专用权的商品。", "caseNumber": "咸安市监案字〔2021〕9号", %s
                 "participants": [{"ref": "P", "type": "NATURAL_PERSON", "roles": ["PARTY"], "name": "乙某某〔补〕"}]}
                """.formatted(decided);
    }
}
