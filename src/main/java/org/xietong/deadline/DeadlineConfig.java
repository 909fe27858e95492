package org.xietong.deadline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** What the law leaves open about time. */
@ConfigMapping(prefix = "xietong.deadlines")
public interface DeadlineConfig {
    /** How the days of 国务院令310号 are counted. */
    enum Order310 {
        CALENDAR,
        WORKING
    }

    /** Order 310 does not say whether its 日 are working days. */
    @WithName("order-310")
    @WithDefault("CALENDAR")
    Order310 order310();

    /** Days of 定期反馈 (咸中法〔2021〕10号 art. 7), for which the document gives no number. */
    @WithDefault("30")
    int feedbackDays();

    /** Days that a prompt to consider a transfer may stand, where 国务院令310号 art. 5 says 立即. A reminder's period, no limit of law. */
    @WithDefault("7")
    int considerDays();

    /** How many days before its last a deadline counts as due soon. */
    @WithDefault("3")
    int soonDays();

    /** How often who is to be reminded is looked for; {@code off} in a replica that shall not. */
    @WithDefault("30s")
    String remindEvery();

    /** How often it is looked whether what runs was worked out with the rules in force, until it was; {@code off} in a replica that shall not. */
    @WithDefault("60s")
    String sweepEvery();
}
