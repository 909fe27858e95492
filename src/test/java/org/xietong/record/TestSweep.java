package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/** Sweeps when a test says so. */
@ApplicationScoped
public class TestSweep {
    private final DeadlineSweep sweep;

    TestSweep(DeadlineSweep sweep) {
        this.sweep = sweep;
    }

    /** How many matters were worked out anew. */
    public int now() throws SQLException {
        return sweep.sweepIfStale();
    }

    /** Whatever it was worked out with before. */
    public void again() {
        try {
            sweep.sweepAll();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
