package org.xietong.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.identifier.CodeLists;
import org.xietong.identifier.Verified;
import org.xietong.matter.Amount;
import org.xietong.matter.Goods;

/** The thresholds that ship, at their borders; what cannot be compared; and what the loader refuses. */
class ThresholdsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()).registerModule(new JavaTimeModule());
    private static final LocalDate OLD_LAW = LocalDate.of(2025, 4, 25);
    private static final LocalDate NEW_LAW = LocalDate.of(2025, 4, 26);

    private final Thresholds thresholds = Thresholds.standard();

    /** Equal reaches it, one fen less does not (刑法第九十九条); a law that changed counts from its day on. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    TRADEMARK,    ILLEGAL_GAIN, 30000,     CNY,    2025-04-26, CL_213_GAIN CL_214_GAIN
                    TRADEMARK,    ILLEGAL_GAIN, 29999.99,  CNY,    2025-04-26, ''
                    TRADEMARK,    ILLEGAL_GAIN, 30000.00,  CNY,    2025-04-25, CL_213_GAIN
                    TRADEMARK,    TURNOVER,     50000,     CNY,    2025-04-26, CL_213_TURNOVER
                    TRADEMARK,    TURNOVER,     49999.99,  CNY,    2025-04-26, ''
                    TRADEMARK,    GOODS_VALUE,  50000,     CNY,    2023-01-03, CL_213_TURNOVER
                    TRADEMARK,    UNSOLD_VALUE, 150000,    CNY,    2025-04-26, CL_214_UNSOLD
                    TRADEMARK,    UNSOLD_VALUE, 149999.99, CNY,    2025-04-26, ''
                    TRADEMARK,    LABELS,       10000,     PIECE,  2025-04-26, CL_215_LABELS
                    TRADEMARK,    LABELS,       10000,     PIECE,  2025-04-25, ''
                    TRADEMARK,    LABELS,       20000,     PIECE,  2025-04-25, CL_215_LABELS
                    PATENT,       LOSS,         300000,    CNY,    2025-04-26, CL_216_LOSS
                    PATENT,       LOSS,         300000,    CNY,    2025-04-25, ''
                    COPYRIGHT,    COPIES,       500,       COPY,   2007-04-04, ''
                    COPYRIGHT,    COPIES,       500,       COPY,   2007-04-05, CL_217_COPIES
                    COPYRIGHT,    COPIES,       999,       PIECE,  2007-04-04, ''
                    COPYRIGHT,    COPIES,       1000,      PIECE,  2007-04-04, CL_217_COPIES
                    COPYRIGHT,    CLICKS,       100000,    TIME,   2025-04-26, CL_217_CLICKS
                    COPYRIGHT,    ILLEGAL_GAIN, 50000,     CNY,    2025-04-26, CL_217_GAIN CL_218_GAIN
                    COPYRIGHT,    ILLEGAL_GAIN, 50000,     CNY,    2025-04-25, CL_217_GAIN
                    COPYRIGHT,    ILLEGAL_GAIN, 100000,    CNY,    2025-04-25, CL_217_GAIN CL_218_GAIN
                    TRADE_SECRET, LOSS,         300000,    CNY,    2020-09-13, ''
                    TRADE_SECRET, LOSS,         300000,    CNY,    2020-09-14, CL_219_LOSS
                    TRADE_SECRET, ILLEGAL_GAIN, 299999.99, CNY,    2025-04-26, ''
                    TRADEMARK,    TURNOVER,     9999999,   CNY,    2004-12-21, ''
                    PLANT_VARIETY, TURNOVER,    9999999,   CNY,    2025-04-26, ''
                    """)
    void isReachedByWhatEqualsIt(String right, String type, String value, String unit, LocalDate day, String reached) {
        List<String> expected = reached.isEmpty() ? List.of() : Arrays.asList(reached.split(" "));
        assertEquals(
                expected,
                thresholds.assess(of(right, amount(type, value, unit)), day).reached());
    }

    @Test
    void lowerOnesNeedTheirCondition() {
        Amount gain = amount("ILLEGAL_GAIN", "20000", "CNY");
        assertEquals(List.of(), reached(Set.of(), gain));
        assertEquals(List.of("CL_213_GAIN_TWO"), reached(Set.of(Condition.TWO_MARKS), gain));
        assertEquals(List.of("CL_213_GAIN_REPEAT"), reached(Set.of(Condition.REPEAT), gain));
        assertEquals(List.of("CL_215_GAIN"), reached(Set.of(Condition.LABELS), gain));
        assertEquals(
                List.of("CL_215_GAIN"),
                reached(Set.of(), gain, amount("LABELS", "1", "PIECE")),
                "labels are concerned");
    }

    @Test
    void amountsAddUpAndATotalIsNotCountedBesideItsShares() {
        assertEquals(
                List.of("CL_213_TURNOVER"),
                reached(Set.of(), amount("TURNOVER", "25000.01", "CNY"), amount("TURNOVER", "24999.99", "CNY")));
        Amount share = new Amount("TURNOVER", "24999.99", "CNY", null, "p1");
        Amount other = new Amount("TURNOVER", "25000", "CNY", null, "p2");
        assertEquals(List.of(), reached(Set.of(), amount("TURNOVER", "49999.99", "CNY"), share, other));
        assertEquals(
                List.of("CL_213_TURNOVER"),
                reached(Set.of(), share, other, new Amount("TURNOVER", "0.01", "CNY", null, "p3")));
        assertEquals(
                List.of(),
                reached(Set.of(), amount("TURNOVER", "49999", "CNY"), amount("SALES", "49999", "CNY")),
                "one includes the other");
    }

    @Test
    void goodsAreWorthWhatTheirLinesSay() {
        assertEquals(
                List.of("CL_213_TURNOVER"),
                assess(List.of(), goods("20000"), goods("30000")).reached());
        assertEquals(
                List.of(),
                assess(List.of(amount("GOODS_VALUE", "49999", "CNY")), goods("49999"))
                        .reached(),
                "the list is what the amount sums up");
    }

    /** What nobody knows prompts nothing, and says so; a part that reaches it alone is enough. */
    @Test
    void whatCannotBeComparedIsNamedAndPromptsNothing() {
        Assessment cases = thresholds.assess(of("TRADEMARK", amount("LABELS", "999999", "CASE")), NEW_LAW);
        assertFalse(cases.prompts());
        assertEquals(List.of("LABELS"), cases.unknown());
        Assessment unvalued = assess(List.of(), goods("49999"), goods(null));
        assertFalse(unvalued.prompts());
        assertEquals(List.of("GOODS_VALUE"), unvalued.unknown());
        Assessment enough = assess(List.of(), goods("50000"), goods(null));
        assertTrue(enough.prompts());
        assertEquals(List.of(), enough.unknown());
        assertEquals(List.of(), thresholds.assess(of("TRADEMARK"), NEW_LAW).unknown());
    }

    @Test
    void aMarkedSuspicionIsEnough() {
        Suspected marked = new Suspected("TRADEMARK", List.of(), List.of(), Set.of(), true, null, false);
        assertTrue(thresholds.assess(marked, NEW_LAW).prompts());
        assertEquals(List.of(), thresholds.assess(marked, NEW_LAW).reached());
    }

    /** No figure that nobody has read in the law's text passes for law. */
    @Test
    void everyFigureSaysHowFarItWasRead() {
        for (Threshold each : thresholds.all()) {
            boolean inForceNow = each.validTo() == null;
            assertEquals(
                    inForceNow ? "法释〔2025〕5号" : "", inForceNow ? each.basis().law() : "", each.id());
            assertTrue(each.validFrom() != null && each.basis().text().length() > 10, each.id());
            if (!inForceNow) {
                assertEquals(Verified.TEXT, each.basis().verified(), each.id());
            }
        }
        assertEquals(
                List.of("CL_217_GAIN", "CL_218_GAIN"),
                thresholds.all().stream()
                        .filter(each -> each.inForce(NEW_LAW))
                        .filter(each -> each.basis().verified() != Verified.NONE)
                        .map(Threshold::id)
                        .toList());
        assertTrue(thresholds.find("CL_214_GAIN", OLD_LAW).isEmpty());
    }

    @Test
    void theConditionsAreThoseOfTheCodeList() {
        assertEquals(
                CodeLists.standard().list("threshold-conditions").entries().stream()
                        .map(entry -> entry.code())
                        .toList(),
                Arrays.stream(Condition.values()).map(Condition::name).toList());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    rights,   '[]',                     lacks a part
                    basis,    '{law: 法, article: 条}',   lacks its basis
                    value,    '"-1"',                   is no amount
                    value,    '"0"',                    is no amount
                    value,    '"3万"',                   is no amount
                    validTo,  2020-01-01,               ends before it begins
                    crime,    CL_999,                   names an unknown code
                    measures, '[PROFIT]',               names an unknown code
                    units,    '[CNY, PONY]',            names an unknown code
                    """)
    void refusesWhatIsNotSound(String field, String value, String complaint) throws IOException {
        ObjectNode sound = sound();
        sound.set(field, YAML.readTree(value));
        Threshold broken = YAML.treeToValue(sound, Threshold.class);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> new Thresholds(List.of(broken)));
        assertTrue(refused.getMessage().contains(complaint), refused.getMessage());
    }

    @Test
    void refusesTwoVersionsInForceAtOnce() throws IOException {
        Threshold one = YAML.treeToValue(sound(), Threshold.class);
        Threshold later = YAML.treeToValue(sound().put("validFrom", "2025-01-01"), Threshold.class);
        assertThrows(IllegalStateException.class, () -> new Thresholds(List.of(one, later)));
        Threshold ended = YAML.treeToValue(sound().put("validTo", "2024-12-31"), Threshold.class);
        assertEquals(2, new Thresholds(List.of(ended, later)).all().size());
    }

    private static ObjectNode sound() throws IOException {
        return (ObjectNode) YAML.readTree("""
                {id: A, zh: 甲, en: A, crime: CL_213, rights: [TRADEMARK], measures: [TURNOVER], value: "5", units: [CNY],
                 basis: {law: 法, article: 条, text: 文, verified: none}, validFrom: 2021-01-01}
                """);
    }

    private List<String> reached(Set<Condition> conditions, Amount... amounts) {
        Suspected stated = new Suspected("TRADEMARK", List.of(amounts), List.of(), conditions, false, null, false);
        return thresholds.assess(stated, NEW_LAW).reached();
    }

    private Assessment assess(List<Amount> amounts, Goods... goods) {
        return thresholds.assess(
                new Suspected("TRADEMARK", amounts, List.of(goods), Set.of(), false, null, false), NEW_LAW);
    }

    private static Suspected of(String right, Amount... amounts) {
        return new Suspected(right, List.of(amounts), List.of(), Set.of(), false, null, false);
    }

    private static Amount amount(String type, String value, String unit) {
        return new Amount(type, value, unit, null, null);
    }

    private static Goods goods(String value) {
        return new Goods("白酒", null, null, null, null, value, null);
    }
}
