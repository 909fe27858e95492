package org.xietong.app;

/** What the systems send in the story. Numbers are synthetic and pass their check digits; persons are 某某. */
final class StoryBodies {
    static final String LUOYANG_CLUE = """
            {"sourceRef": "MSA-2023-0001", "noStateSecret": true,
             "occurred": {"time": "2023-01-03T00:00:00+08:00", "precision": "DAY"},
             "label": {"level": "INTERNAL"},
             "content": {
               "rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION",
               "title": "销售假冒注册商标的商品案（假冒五粮液）",
               "facts": "现场检查查获涉嫌假冒注册商标的白酒158箱，货值284万元。",
               "place": "421200", "foundOn": "2023-01-03", "suspectedArticle": "CL_214",
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

    static final String ZHIJIANG_CLUE = """
            {"sourceRef": "MSA-XA-2023-0007", "noStateSecret": true,
             "occurred": {"time": "2023-03-01T00:00:00+08:00", "precision": "MONTH"},
             "content": {
               "rightType": "TRADEMARK", "trigger": "EVIDENCE", "source": "INSPECTION",
               "title": "非法制造注册商标标识案", "facts": "发现非法制造注册商标标识的线索。〔数量为补〕",
               "place": "421202", "foundOn": "2023-03-01", "suspectedArticle": "CL_215",
               "goods": [{"name": "商标标识", "quantity": "20000", "unit": "PIECE"}],
               "amounts": [{"type": "LABELS", "value": "20000", "unit": "PIECE"}],
               "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "某某〔补〕"}]
             }}
            """;

    static final String FILE = "{\"documentNumber\": \"咸公（食药环）立字〔2023〕1号\", \"occurred\":"
            + " {\"time\": \"2023-01-12T00:00:00+08:00\", \"precision\": \"DAY\"}}";

    static final String STATE_SECRET =
            LUOYANG_CLUE.replace("MSA-2023-0001", "MSA-2023-0002").replace("现场检查查获", "机密★5年 现场检查查获");

    private StoryBodies() {}

    static String transfer(String number, String to, String day) {
        return """
                {"documentNumber": "%s", "addressees": ["%s"],
                 "occurred": {"time": "%sT00:00:00+08:00", "precision": "DAY"}}
                """.formatted(number, to, day);
    }

    static String filing(String matter) {
        return """
                {"matterId": "%s", "sourceRef": "POLICE-2023-0001", "noStateSecret": true,
                 "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2023-01-12",
                   "caseNumber": "咸公（食药环）立字〔2023〕1号",
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "某某〔补〕"}]}}
                """.formatted(matter);
    }
}
