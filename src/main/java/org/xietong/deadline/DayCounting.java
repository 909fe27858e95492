package org.xietong.deadline;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a term ends. The hour and day on which it begins are not counted (刑事诉讼法 art. 105; 民事诉讼法 art. 85; 民法典 art. 201). A month runs
 * to the same day of the next, or to its last day where there is none (民法典 art. 202); in criminal procedure also from the last day of
 * a month to the last day of the next (法释〔2021〕1号 art. 202). A last day that is not worked gives way to the next working day, except
 * in custody, where nobody is held a day longer for a holiday (刑事诉讼法 art. 105).
 *
 * @param calendar which days are worked
 */
public record DayCounting(WorkCalendar calendar) {
    /**
     * The end of a term.
     *
     * @param lastDay in Shanghai
     * @param end the first instant after it; for hours, the instant itself
     * @param certain whether each year that mattered has its notice of holidays
     */
    public record Due(LocalDate lastDay, Instant end, boolean certain) {}

    /** How a rule counts. */
    public record Way(boolean rolls, boolean monthEnds) {
        /** No roll-over, whatever the day. */
        public static final Way STRICT = new Way(false, false);
    }

    /** A term, and what was added to it by law or decision. */
    public Due due(Moment start, Term term, List<Term> extensions, Way way) {
        return due(start, term, extensions, List.of(), way);
    }

    /**
     * @param extensions counted on from the end of what stands before them, before any roll-over
     * @param gaps in which the clock stood still, in their order; one that begins after the last day gives back nothing
     */
    public Due due(Moment start, Term term, List<Term> extensions, List<Gap> gaps, Way way) {
        if (term.hours() > 0) {
            return hours(start, term.hours() + sum(extensions), gaps);
        }
        return due(start, added(start.day(), term, extensions, way), term.workingDays() > 0, gaps, way);
    }

    /** The same of a last day that a paper names: it does not roll over. */
    public Due due(Moment start, LocalDate named, List<Term> extensions, List<Gap> gaps) {
        LocalDate last = extensions.isEmpty()
                ? named
                : added(named, extensions.getFirst(), extensions.subList(1, extensions.size()), Way.STRICT);
        return due(start, last, false, gaps, Way.STRICT);
    }

    private Due due(Moment start, LocalDate counted, boolean working, List<Gap> gaps, Way way) {
        LocalDate last = counted;
        for (Gap gap : gaps) {
            LocalDate until = way.rolls() ? calendar.onOrAfter(last) : last;
            if (gap.from().day().isAfter(until)) {
                break;
            }
            last = working
                    ? calendar.plusWorkingDays(
                            last,
                            calendar.workingDaysBetween(
                                    gap.from().day(), gap.to().day()))
                    : last.plusDays(
                            ChronoUnit.DAYS.between(gap.from().day(), gap.to().day()));
        }
        LocalDate rolled = way.rolls() ? calendar.onOrAfter(last) : last;
        boolean certain = !way.rolls() && !working || covered(working ? start.day() : last, rolled);
        return new Due(rolled, rolled.plusDays(1).atStartOfDay(Moment.ZONE).toInstant(), certain);
    }

    /** A time in which a clock stood still: its first day was counted, its last was not. */
    public record Gap(Moment from, Moment to) {}

    private Due hours(Moment start, int hours, List<Gap> gaps) {
        Instant end = start.latest().toInstant().plus(Duration.ofHours(hours));
        for (Gap gap : gaps) {
            if (!gap.from().latest().toInstant().isBefore(end)) {
                break;
            }
            end = end.plus(Duration.between(gap.from().latest(), gap.to().latest()));
        }
        return new Due(end.minusNanos(1).atZone(Moment.ZONE).toLocalDate(), end, true);
    }

    private static int sum(List<Term> extensions) {
        return extensions.stream().mapToInt(Term::hours).sum();
    }

    /** Months are counted from the first day on, as long as no days stand between them: 30 December and two months and one is 30 March. */
    private LocalDate added(LocalDate start, Term term, List<Term> extensions, Way way) {
        LocalDate from = start;
        LocalDate last = start;
        long months = 0;
        for (Term each : Stream.concat(Stream.of(term), extensions.stream()).toList()) {
            months += each.months() + 12L * each.years();
            last = plusMonths(from, months, way).plusDays(each.days());
            last = calendar.plusWorkingDays(last, each.workingDays());
            if (each.days() + each.workingDays() > 0) {
                from = last;
                months = 0;
            }
        }
        return last;
    }

    private static LocalDate plusMonths(LocalDate day, long months, Way way) {
        LocalDate there = day.plusMonths(months);
        return months > 0 && way.monthEnds() && isLastOfMonth(day)
                ? there.with(TemporalAdjusters.lastDayOfMonth())
                : there;
    }

    private static boolean isLastOfMonth(LocalDate day) {
        return day.getDayOfMonth() == day.lengthOfMonth();
    }

    private boolean covered(LocalDate first, LocalDate last) {
        return calendar.isCovered(first) && calendar.isCovered(last);
    }
}
