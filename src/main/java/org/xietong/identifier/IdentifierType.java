package org.xietong.identifier;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a number is, and the rule that checks it where there is one. */
public enum IdentifierType {
    RESIDENT_NUMBER(Subject.PERSON, "公民身份号码", "Resident number", ResidentNumber::parse),
    PASSPORT(Subject.PERSON, "护照号码", "Passport", null),
    TRAVEL_PERMIT(Subject.PERSON, "港澳台居民通行证或居住证号码", "Travel or residence permit", null),
    SELF_REPORTED(Subject.PERSON, "自报身份", "Identity as reported by the person", null),
    NONE(Subject.PERSON, "无身份证件", "No document", null),
    CREDIT_CODE(Subject.UNIT, "统一社会信用代码", "Unified social credit code", CreditCode::parse),
    OTHER_REGISTRATION(Subject.UNIT, "其他登记号", "Other registration", null),
    PATENT(Subject.RIGHT, "专利号", "Patent number", RightNumber::parsePatent),
    TRADEMARK(Subject.RIGHT, "商标注册号", "Trademark registration", RightNumber::parseTrademark),
    COPYRIGHT(Subject.RIGHT, "著作权登记号", "Copyright registration", RightNumber::parseCopyright),
    COURT_CASE_NUMBER(Subject.DOCUMENT, "案号", "Court case number", CourtCaseNumber::parse),
    PROCURATORATE_DOCUMENT(Subject.DOCUMENT, "检察文书号", "Procuratorate document", DocumentNumber::parseProcuratorate),
    POLICE_DOCUMENT(Subject.DOCUMENT, "公安文书号", "Police document", DocumentNumber::parsePolice),
    POLICE_CASE_NUMBER(Subject.DOCUMENT, "公安案件编号", "Police case number", DocumentNumber::parsePoliceCase),
    MSA_DOCUMENT(Subject.DOCUMENT, "市场监管文书号", "Market supervision document", DocumentNumber::parseMarketSupervision),
    DIVISION(Subject.PLACE, "行政区划代码", "Administrative division", Division::parse);

    /** What a type of number identifies; it decides where the type may stand. */
    public enum Subject {
        PERSON,
        UNIT,
        RIGHT,
        DOCUMENT,
        PLACE
    }

    private final Subject subject;
    private final String zh;
    private final String en;
    private final @Nullable Function<String, Reading> rule;

    IdentifierType(Subject subject, String zh, String en, @Nullable Function<String, Reading> rule) {
        this.subject = subject;
        this.zh = zh;
        this.en = en;
        this.rule = rule;
    }

    public Subject subject() {
        return subject;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** Reads a number of this type; empty where no rule exists, so that the number can only be kept as stated. */
    public Optional<Reading> read(String stated) {
        return Optional.ofNullable(rule).map(r -> r.apply(stated));
    }
}
