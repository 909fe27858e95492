package org.xietong.deadline;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The rules as the configuration completes them; made at start, so that an unsound file stops it. */
class StandingRules {
    @Produces
    @Singleton
    RuleBook rules(DeadlineConfig config) {
        return RuleBook.load(rule -> completed(rule, config));
    }

    @Produces
    @Singleton
    WorkCalendar calendar() {
        return WorkCalendar.load();
    }

    static Rule completed(Rule rule, DeadlineConfig config) {
        if (rule.option() == null || rule.limit() == null) {
            return rule;
        }
        return switch (rule.option()) {
            case CONSIDER -> rule.lasting(Term.ofDays(config.considerDays()));
            case FEEDBACK -> rule.lasting(Term.ofDays(config.feedbackDays()));
            case ORDER_310 ->
                config.order310() == DeadlineConfig.Order310.WORKING
                                && rule.limit().days() > 0
                        ? rule.lasting(Term.ofWorkingDays(rule.limit().days()))
                        : rule;
        };
    }
}
