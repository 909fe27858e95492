package org.xietong.testing;

import java.time.Duration;

/**
 * What the service has noted of who sees which record, rebuilt when the units or the policy change. Whoever changes them
 * waits until all is as before, and whoever reads what is closed meanwhile waits before he begins.
 */
public final class Sight {
    private static final Duration REBUILT = Duration.ofSeconds(90);

    private final City city;
    private final String before;

    private Sight(City city) {
        this.city = city;
        this.before = madeWith();
    }

    /** As it stands before a change. */
    public static Sight of(City city) {
        awaitCurrent(city);
        return new Sight(city);
    }

    /** Until the rows were made with the policy and the units that the service has now. */
    public static void awaitCurrent(City city) {
        Stored.await(
                "sight to follow the policy",
                REBUILT,
                () -> Wire.to(city.base())
                                .send(city.call(City.PROC, "GET", "/v1/exceptions/NOT_FILED?limit=1")
                                        .prepare())
                                .status()
                        == 200);
    }

    public void awaitOther() {
        Stored.await("sight without the unit", REBUILT, () -> !madeWith().equals(before));
    }

    public void awaitSame() {
        Stored.await("sight with the unit", REBUILT, () -> madeWith().equals(before));
    }

    private String madeWith() {
        return city.stored().text("SELECT policy_version FROM xietong.sight_state");
    }
}
