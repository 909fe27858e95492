package org.xietong.deadline;

import org.xietong.identifier.ZhName;

/**
 * A length of time as a rule states it: hours, days, working days, months with days ("one month and a half" is one month and fifteen
 * days), or years. Exactly one of them, but for days beside months.
 */
public record Term(
        @ZhName("小时") int hours,
        @ZhName("日") int days,
        @ZhName("工作日") int workingDays,
        @ZhName("月") int months,
        @ZhName("年") int years) {
    public Term {
        boolean negative = hours < 0 || days < 0 || workingDays < 0 || months < 0 || years < 0;
        int units = (hours > 0 ? 1 : 0) + (workingDays > 0 ? 1 : 0) + (years > 0 ? 1 : 0) + (days + months > 0 ? 1 : 0);
        if (negative || units != 1) {
            throw new IllegalArgumentException("a term has one unit, and is longer than nothing");
        }
    }

    public static Term ofHours(int hours) {
        return new Term(hours, 0, 0, 0, 0);
    }

    public static Term ofDays(int days) {
        return new Term(0, days, 0, 0, 0);
    }

    public static Term ofWorkingDays(int workingDays) {
        return new Term(0, 0, workingDays, 0, 0);
    }

    public static Term ofMonths(int months) {
        return new Term(0, 0, 0, months, 0);
    }

    public static Term ofYears(int years) {
        return new Term(0, 0, 0, 0, years);
    }
}
