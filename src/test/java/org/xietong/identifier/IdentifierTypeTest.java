package org.xietong.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;

/** Each rule with the published examples of domain.md §2, and one fault per way to be wrong. */
class IdentifierTypeTest {
    @ParameterizedTest
    @CsvSource({
        "RESIDENT_NUMBER, 11010519491231002X, 11010519491231002X",
        "RESIDENT_NUMBER, 11010519491231002x, 11010519491231002X",
        "RESIDENT_NUMBER, １１０１０５ 19491231 ００２Ｘ, 11010519491231002X",
        "CREDIT_CODE, 9144030071526726XG, 9144030071526726XG",
        "CREDIT_CODE, 914403001922038216, 914403001922038216",
        "COURT_CASE_NUMBER, （2016）鄂0102刑初669号, （2016）鄂0102刑初669号",
        "COURT_CASE_NUMBER, (2020)鄂知民终132号, （2020）鄂知民终132号",
        "COURT_CASE_NUMBER, 〔2023〕鄂01知民初481号, （2023）鄂01知民初481号",
        "COURT_CASE_NUMBER, [2023] 鄂01 知民初 481 号, （2023）鄂01知民初481号",
        "COURT_CASE_NUMBER, （２０１６）鄂01刑终1395号, （2016）鄂01刑终1395号",
        "COURT_CASE_NUMBER, （2021）最高法知民终1号, （2021）最高法知民终1号",
        "COURT_CASE_NUMBER, （2021）鄂1202刑初12号之一, （2021）鄂1202刑初12号之一",
        "COURT_CASE_NUMBER, （2019）内01民初1号, （2019）内01民初1号",
        "COURT_CASE_NUMBER, （2019）黔01民初1号, （2019）黔01民初1号",
        "COURT_CASE_NUMBER, （2007）民三终字第4号, （2007）民三终字第4号",
        "COURT_CASE_NUMBER, (2005)沪高民三(知)终字第36号, （2005）沪高民三（知）终字第36号",
        "PROCURATORATE_DOCUMENT, 汕濠检刑诉（2017）1号, 汕濠检刑诉〔2017〕1号",
        "PROCURATORATE_DOCUMENT, 深罗检刑诉[2015]1436号, 深罗检刑诉〔2015〕1436号",
        "POLICE_DOCUMENT, 咸公（食药环）立字〔2021〕8号, 咸公（食药环）立字〔2021〕8号",
        "POLICE_DOCUMENT, 咸公(食药环)立字(2021)8号, 咸公（食药环）立字〔2021〕8号",
        "POLICE_DOCUMENT, 咸公（食药环）提捕字[2021]3号, 咸公（食药环）提捕字〔2021〕3号",
        "POLICE_DOCUMENT, 咸公（食药环）诉字【2021】5号, 咸公（食药环）诉字〔2021〕5号",
        "PROCURATORATE_DOCUMENT, 咸安检公诉刑诉〔2019〕1号, 咸安检公诉刑诉〔2019〕1号",
        "CREDIT_CODE, 114212000113300010, 114212000113300010",
        "POLICE_CASE_NUMBER, A4212020000002021030001, A4212020000002021030001",
        "MSA_DOCUMENT, 咸市监处罚（2021）3号, 咸市监处罚〔2021〕3号",
        "PATENT, ZL200310102344.5, ZL200310102344.5",
        "PATENT, zl 2003 1 0102344.5, ZL200310102344.5",
        "TRADEMARK, 1479930, 1479930",
        "TRADEMARK, 10756370, 10756370",
        "TRADEMARK, 10756370A, 10756370A",
        "TRADEMARK, G1012345, G1012345",
        "COPYRIGHT, 国作登字-2021-F-00012345, 国作登字-2021-F-00012345",
        "COPYRIGHT, 鄂作登字－2021－F－00012345, 鄂作登字-2021-F-00012345",
        "COPYRIGHT, 2021SR0123456, 2021SR0123456",
        "COPYRIGHT, 鄂作登字–2021–F–00012345, 鄂作登字-2021-F-00012345",
        "DIVISION, 421200, 421200",
        "DIVISION, 421202, 421202",
        "DIVISION, 421221, 421221",
        "DIVISION, 421222, 421222",
        "DIVISION, 421223, 421223",
        "DIVISION, 421224, 421224",
        "DIVISION, 421281, 421281",
        "DIVISION, 410300, 410300"
    })
    void readsTheNumberInItsNormalForm(IdentifierType type, String stated, String normalised) {
        assertEquals(new Parsed(normalised), type.read(stated).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "RESIDENT_NUMBER, 110105194912310021, CHECK_DIGIT",
        "RESIDENT_NUMBER, 110105194902310020, DATE",
        "RESIDENT_NUMBER, 110105299912310020, DATE",
        "RESIDENT_NUMBER, 110105491231002, LEGACY_NUMBER",
        "RESIDENT_NUMBER, 1101051949123100, FORMAT",
        "CREDIT_CODE, 9144030071526726XH, CHECK_DIGIT",
        "CREDIT_CODE, 9144030071526726IG, FORMAT",
        "CREDIT_CODE, 91A403007152672600, DIVISION",
        "COURT_CASE_NUMBER, 2016鄂0102刑初669号, FORMAT",
        "COURT_CASE_NUMBER, （2016）鄂0102刑初669, FORMAT",
        "COURT_CASE_NUMBER, （16）鄂0102刑初669号, FORMAT",
        "COURT_CASE_NUMBER, （2016）鄂010刑初669号, FORMAT",
        "COURT_CASE_NUMBER, （2016）鄂01022刑初669号, FORMAT",
        "COURT_CASE_NUMBER, （2019）蒙01民初1号, FORMAT",
        "COURT_CASE_NUMBER, （2016）民三终字第4号, FORMAT",
        "PROCURATORATE_DOCUMENT, 咸公立字〔2021〕8号, FORMAT",
        "POLICE_DOCUMENT, 咸市监处罚〔2021〕3号, FORMAT",
        "POLICE_DOCUMENT, 咸安检公诉刑诉〔2019〕1号, FORMAT",
        "POLICE_CASE_NUMBER, A4212020000002021130001, FORMAT",
        "MSA_DOCUMENT, 咸公立字〔2021〕8号, FORMAT",
        "PATENT, ZL200310102344.6, CHECK_DIGIT",
        "PATENT, ZL200370102344.5, FORMAT",
        "TRADEMARK, 123456789, FORMAT",
        "TRADEMARK, 00000000, FORMAT",
        "COPYRIGHT, 2021SS0123456, FORMAT",
        "DIVISION, 421299, DIVISION",
        "DIVISION, 991200, DIVISION",
        "DIVISION, 4212, FORMAT"
    })
    void namesTheRuleThatIsBroken(IdentifierType type, String stated, String rule) {
        assertEquals(new Faulty(rule), type.read(stated).orElseThrow());
    }

    /** 法院代字 of domain.md §2 with each 类型代字, with and without 知. */
    @ParameterizedTest
    @ValueSource(strings = {"12", "1202", "1221", "1222", "1223", "1224", "1281"})
    void readsEveryCourtOfTheCityWithEveryTypeOfCase(String court) {
        for (String type : "民初 民终 民申 民再 刑初 刑终 刑申 行初 行终 执 执恢 执异 执保 财保 民特".split(" ")) {
            for (String special : List.of("", "知")) {
                String number = "（2021）鄂" + court + special + type + "5号";
                assertEquals(
                        new Parsed(number),
                        IdentifierType.COURT_CASE_NUMBER
                                .read(number.replace('（', '(').replace('）', ')'))
                                .orElseThrow());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "咸市监处罚(2021)3号, 咸市监处罚〔2021〕3号",
        "深罗检刑诉[2015]1436号, 深罗检刑诉〔2015〕1436号",
        "（2021）鄂12刑终5号, （2021）鄂12刑终5号",
        "a4212020000002021030001, A4212020000002021030001",
        "旧字第 8 号, 旧字第 8 号"
    })
    void aNumberOnPaperIsStoredInTheNormalFormOfItsKind(String stated, String stored) {
        assertEquals(stored, PaperNumber.stored(stated));
    }

    /** Any single altered digit of a checked number, and any swap of neighbours that differ, is noticed. */
    @Test
    void checkDigitsNoticeSingleErrors() {
        int accepted = 0;
        String number = "11010519491231002X";
        for (int i = 0; i < 17; i++) {
            for (char c = '0'; c <= '9'; c++) {
                String wrong = number.substring(0, i) + c + number.substring(i + 1);
                if (!wrong.equals(number)
                        && IdentifierType.RESIDENT_NUMBER.read(wrong).orElseThrow() instanceof Parsed) {
                    accepted++;
                }
            }
        }
        assertEquals(0, accepted);
    }

    @Test
    void namesAreSearchedAcrossVariantsOfTheDotAndWidth() {
        String key = "买买提·吐尔逊";
        for (String dot : new String[] {"·", "•", "‧", "・", "･", "⋅", "∙", "·", " · "}) {
            assertEquals(key, Characters.searchKey("买买提" + dot + "吐尔逊"), dot);
        }
        String rare = "\uD84D\uDFC9某"; // a character beyond the BMP stays whole
        assertEquals(rare, Characters.searchKey(" " + rare + "　"));
    }
}
