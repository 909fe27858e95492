package org.xietong.deadline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.deadline.DayCounting.Due;
import org.xietong.deadline.DayCounting.Gap;
import org.xietong.deadline.DayCounting.Way;

/** How days are counted, from the law's own wording. */
class DayCountingTest {
    private static final DayCounting COUNTING = new DayCounting(WorkCalendar.load());
    private static final Way ROLLS = new Way(true, false);

    @ParameterizedTest(name = "{2} after {0}: {3}")
    @CsvSource(textBlock = """
                    2021-03-01, false, 3,  2021-03-04, 期间开始的日不算在期间以内（刑诉法105）
                    2021-03-03, false, 3,  2021-03-06, 不顺延的，星期六也到期
                    2021-03-03, true,  3,  2021-03-08, 最后一日为节假日的，以节假日后的第一日为期满日期
                    2021-02-09, true,  3,  2021-02-18, 最后一日在春节假期内
                    2021-09-15, true,  3,  2021-09-18, 最后一日是调休上班的星期六，不顺延
                    2021-09-30, true,  7,  2021-10-08, 最后一日10月7日放假
                    2021-09-30, true,  9,  2021-10-09, 调休上班的星期六到期
                    2015-04-12, false, 37, 2015-05-19, 武汉防水材料案：拘留第37日批准逮捕
                    2020-02-27, false, 3,  2020-03-01, 闰年的2月29日计入
                    2021-02-27, false, 3,  2021-03-02, 平年
                    """)
    void countsDays(LocalDate start, boolean rolls, int days, LocalDate last, String wording) {
        Due due = COUNTING.due(Moment.of(start), Term.ofDays(days), List.of(), new Way(rolls, false));
        assertEquals(last, due.lastDay(), wording);
        assertEquals(last.plusDays(1).atStartOfDay(Moment.ZONE).toInstant(), due.end());
    }

    @ParameterizedTest(name = "{1} working days after {0}: {2}")
    @CsvSource(textBlock = """
                    2021-03-01, 5, 2021-03-08, 五日是指工作日，不含法定节假日（行政处罚法85）
                    2021-02-05, 3, 2021-02-09, 春节前调休上班的星期日计入
                    2021-02-10, 3, 2021-02-20, 春节七天不计入，调休上班的星期六计入
                    2023-09-28, 2, 2023-10-08, 国庆节后的星期六、星期日都上班
                    2024-11-26, 10, 2024-12-10, 十个工作日内提出检察意见（指引）
                    """)
    void countsWorkingDays(LocalDate start, int days, LocalDate last, String wording) {
        assertEquals(last, due(Moment.of(start), Term.ofWorkingDays(days), Way.STRICT), wording);
    }

    @ParameterizedTest(name = "{1} months after {0}: {3}")
    @CsvSource(textBlock = """
                    2021-03-15, 1, false, 2021-04-15, 自本月某日至下月同日为一个月（法释〔2021〕1号202）
                    2021-01-31, 1, true,  2021-02-28, 下月同日不存在的，至下月最后一日
                    2020-01-31, 1, true,  2020-02-29, 闰年二月
                    2021-02-28, 1, true,  2021-03-31, 起算日为本月最后一日的，至下月最后一日为一个月
                    2021-02-28, 1, false, 2021-03-28, 到期月的对应日为期间的最后一日（民法典202）
                    2021-04-30, 2, true,  2021-06-30, 本月最后一日
                    2021-08-31, 6, false, 2022-02-28, 没有对应日的，月末日为期间的最后一日
                    2020-02-29, 12, false, 2021-02-28, 闰日起一年
                    """)
    void countsMonths(LocalDate start, int months, boolean monthEnds, LocalDate last, String wording) {
        assertEquals(last, due(Moment.of(start), Term.ofMonths(months), new Way(false, monthEnds)), wording);
    }

    @Test
    void aMonthAndAHalfIsAMonthAndFifteenDays() {
        assertEquals(
                LocalDate.of(2021, 4, 16),
                due(Moment.of(LocalDate.of(2021, 3, 1)), new Term(0, 15, 0, 1, 0), Way.STRICT));
    }

    @Test
    void yearsRunToTheSameDay() {
        assertEquals(LocalDate.of(2023, 3, 1), due(Moment.of(LocalDate.of(2021, 3, 1)), Term.ofYears(2), Way.STRICT));
    }

    @Test
    void hoursRunFromTheMinuteWhereItIsKnown() {
        Due due =
                COUNTING.due(Moment.of(Instant.parse("2021-03-05T08:20:00Z")), Term.ofHours(24), List.of(), Way.STRICT);
        assertEquals(Instant.parse("2021-03-06T08:20:00Z"), due.end());
        assertEquals(LocalDate.of(2021, 3, 6), due.lastDay());
    }

    /** Of a day alone nobody can be said to be late before its last minute plus the term. */
    @Test
    void hoursOfADayAloneRunFromItsEnd() {
        Due due = COUNTING.due(Moment.of(LocalDate.of(2021, 3, 5)), Term.ofHours(24), List.of(), Way.STRICT);
        assertEquals(LocalDate.of(2021, 3, 6), due.lastDay());
        assertEquals(Instant.parse("2021-03-06T16:00:00Z"), due.end());
    }

    /** An extension counts on from the end as it would be without any holiday; the sum rolls once. */
    @Test
    void extensionsCountOnBeforeTheRollOver() {
        Due due = COUNTING.due(Moment.of(LocalDate.of(2021, 3, 3)), Term.ofDays(3), List.of(Term.ofDays(15)), ROLLS);
        assertEquals(LocalDate.of(2021, 3, 22), due.lastDay());
    }

    @Test
    void daysOnWhichTheClockStoodStillDoNotCount() {
        Gap gap = new Gap(Moment.of(LocalDate.of(2021, 3, 10)), Moment.of(LocalDate.of(2021, 3, 15)));
        assertEquals(
                LocalDate.of(2021, 3, 26),
                COUNTING.due(Moment.of(LocalDate.of(2021, 3, 1)), Term.ofDays(20), List.of(), List.of(gap), ROLLS)
                        .lastDay());
        assertEquals(
                LocalDate.of(2021, 3, 18),
                COUNTING.due(
                                Moment.of(LocalDate.of(2021, 3, 1)),
                                Term.ofWorkingDays(10),
                                List.of(),
                                List.of(gap),
                                Way.STRICT)
                        .lastDay());
    }

    @Test
    void aYearWithoutNoticeMakesTheResultUncertainWhereHolidaysMatter() {
        Moment start = Moment.of(LocalDate.of(2026, 12, 30));
        assertFalse(COUNTING.due(start, Term.ofDays(3), List.of(), ROLLS).certain());
        assertTrue(COUNTING.due(start, Term.ofDays(3), List.of(), Way.STRICT).certain());
        assertFalse(COUNTING.due(start, Term.ofWorkingDays(3), List.of(), Way.STRICT)
                .certain());
        assertTrue(COUNTING.due(Moment.of(LocalDate.of(2026, 12, 24)), Term.ofDays(3), List.of(), ROLLS)
                .certain());
    }

    private static LocalDate due(Moment start, Term term, Way way) {
        return COUNTING.due(start, term, List.of(), way).lastDay();
    }
}
