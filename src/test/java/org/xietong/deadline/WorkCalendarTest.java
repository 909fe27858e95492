package org.xietong.deadline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.identifier.Verified;
import org.xietong.label.LegalBasis;

class WorkCalendarTest {
    private static final WorkCalendar CALENDAR = WorkCalendar.load();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
                    2021-02-07, true,  春节调休上班的星期日
                    2021-02-10, true,  除夕前一日
                    2021-02-11, false, 春节第一日
                    2021-02-17, false, 春节最后一日
                    2021-09-18, true,  中秋节调休上班的星期六
                    2021-10-09, true,  国庆节调休上班的星期六
                    2022-12-31, false, 属于2023年元旦假期
                    2023-04-05, false, 清明节当日
                    2023-04-06, true,  清明节次日
                    2023-06-25, true,  端午节调休上班的星期日
                    2024-02-09, true,  2024年的除夕只是鼓励休息
                    2024-06-08, false, 与端午节连休的星期六
                    2025-01-28, false, 除夕自2025年起放假
                    2025-10-08, false, 国庆节与中秋节合并
                    2026-01-04, true,  元旦调休上班的星期日
                    2026-02-23, false, 九天春节的最后一日
                    2026-05-09, true,  劳动节调休上班的星期六
                    """)
    void knowsTheDaysOfTheNotices(LocalDate day, boolean worked, String why) {
        assertEquals(worked, CALENDAR.isWorkingDay(day), why);
    }

    /** The law of public holidays gave eleven days a year, and thirteen from 2025 on; each notice moves weekends and adds none. */
    @ParameterizedTest
    @CsvSource({"2021, 250", "2022, 249", "2023, 249", "2024, 251", "2025, 248", "2026, 248"})
    void aYearHasAsManyWorkingDaysAsTheLawLeavesIt(int year, int worked) {
        LocalDate first = LocalDate.of(year, 1, 1);
        long counted = first.datesUntil(first.plusYears(1))
                .filter(CALENDAR::isWorkingDay)
                .count();
        assertEquals(worked, counted);
    }

    @Test
    void aYearWithoutItsNoticeCountsWeekendsOnly() {
        LocalDate spring = LocalDate.of(2031, 1, 23);
        assertTrue(CALENDAR.isWorkingDay(spring));
        assertFalse(CALENDAR.isWorkingDay(LocalDate.of(2031, 1, 25)));
        assertFalse(CALENDAR.isCovered(spring));
        assertTrue(CALENDAR.isCovered(LocalDate.of(2026, 12, 31)));
    }

    @Test
    void noYearStandsTwice() {
        List<WorkCalendar.Year> twice = List.of(year(2021, List.of()), year(2021, List.of()));
        assertThrows(IllegalStateException.class, () -> new WorkCalendar(twice));
    }

    @Test
    void onlyAWeekendDayOfTheYearIsMadeUpFor() {
        for (LocalDate wrong : List.of(LocalDate.of(2021, 2, 8), LocalDate.of(2022, 1, 29))) {
            List<WorkCalendar.Year> years = List.of(year(2021, List.of(wrong)));
            assertThrows(IllegalStateException.class, () -> new WorkCalendar(years));
        }
    }

    private static WorkCalendar.Year year(int year, List<LocalDate> working) {
        LegalBasis basis = new LegalBasis("通知", "文号", "", Verified.TEXT);
        return new WorkCalendar.Year(year, basis, List.of(), working);
    }
}
