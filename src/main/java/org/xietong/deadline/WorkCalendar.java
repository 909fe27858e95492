package org.xietong.deadline;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Verified;
import org.xietong.identifier.ZhName;
import org.xietong.label.LegalBasis;
import org.xietong.label.StrictYaml;

/**
 * Working days 工作日 of China: weekdays, less the days off and with the working weekends 调休 of the State Council's yearly notices, from
 * {@code law/holidays.yaml} (I10). A year without its notice counts weekends only, and says so: {@link #isCovered}.
 */
public final class WorkCalendar {
    private static final String FILE = "law/holidays.yaml";

    private final Map<Integer, Year> years = new TreeMap<>();
    private final Set<LocalDate> off = new HashSet<>();
    private final Set<LocalDate> working = new HashSet<>();

    WorkCalendar(List<Year> notices) {
        for (Year year : notices) {
            year.check();
            if (years.put(year.year(), year) != null) {
                throw new IllegalStateException(FILE + ": the year " + year.year() + " stands twice");
            }
            year.off().forEach(holiday -> holiday.days().forEach(off::add));
            working.addAll(year.working());
        }
        if (working.stream().anyMatch(off::contains)) {
            throw new IllegalStateException(FILE + ": a day is both off and worked");
        }
    }

    /** The calendar that ships with the product; a file that cannot be used stops the start. */
    public static WorkCalendar load() {
        return new WorkCalendar(StrictYaml.read(FILE, Notices.class).years());
    }

    public boolean isWorkingDay(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return working.contains(day) || !weekend && !off.contains(day);
    }

    /** Whether the notice of the day's year is known. */
    public boolean isCovered(LocalDate day) {
        return years.containsKey(day.getYear());
    }

    /** The day itself, where it is worked, or the next that is: 以节假日后的第一日为期满日期. */
    public LocalDate onOrAfter(LocalDate day) {
        LocalDate found = day;
        while (!isWorkingDay(found)) {
            found = found.plusDays(1);
        }
        return found;
    }

    /** The n-th working day after the day. */
    LocalDate plusWorkingDays(LocalDate day, int n) {
        LocalDate found = day;
        for (int left = n; left > 0; ) {
            found = found.plusDays(1);
            if (isWorkingDay(found)) {
                left--;
            }
        }
        return found;
    }

    /** Working days after the one and up to the other. */
    int workingDaysBetween(LocalDate after, LocalDate upTo) {
        return (int) after.plusDays(1)
                .datesUntil(upTo.plusDays(1))
                .filter(this::isWorkingDay)
                .count();
    }

    /** The notices, by year. */
    public List<Year> years() {
        return List.copyOf(years.values());
    }

    /**
     * What one notice says.
     *
     * @param off days off, weekends among them
     * @param working weekend days that are worked
     */
    public record Year(
            @ZhName("年份") int year,
            @ZhName("放假安排依据") LegalBasis basis,
            @ZhName("放假") List<Holiday> off,
            @ZhName("调休上班") List<LocalDate> working) {
        private void check() {
            boolean complete = basis != null && basis.law() != null && basis.verified() != null && off != null;
            if (!complete || working == null || off.stream().anyMatch(Holiday::malformed)) {
                throw new IllegalStateException(FILE + ": the year " + year + " is not complete");
            }
            for (LocalDate day : working) {
                boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
                if (!weekend || day.getYear() != year) {
                    throw new IllegalStateException(FILE + ": " + day + " is no weekend day of " + year);
                }
            }
            if (basis.verified() == Verified.NONE) {
                throw new IllegalStateException(FILE + ": the notice of " + year + " was not read");
            }
        }
    }

    /** One festival's days off, both ends included; a year may begin on the last days of the one before. */
    public record Holiday(
            @ZhName("节日") String zh,
            @ZhName("开始日期") @Nullable LocalDate from,
            @ZhName("结束日期") @Nullable LocalDate to) {
        private boolean malformed() {
            return zh == null
                    || from == null
                    || to == null
                    || to.isBefore(from)
                    || ChronoUnit.DAYS.between(from, to) > 15;
        }

        private List<LocalDate> days() {
            return from == null || to == null
                    ? List.of()
                    : from.datesUntil(to.plusDays(1)).toList();
        }
    }

    private record Notices(List<Year> years) {}
}
