package org.xietong.ledger;

import org.xietong.evidence.TreeHash;

/**
 * What a witness says against our log.
 *
 * @param witness name of its key
 * @param witnessSize what it cosigned last
 */
record WitnessAlarm(String witness, TreeHash tree, Kind kind, long ourSize, long witnessSize) {
    /** In which way they differ. */
    enum Kind {
        /** It has cosigned more than we have: our log was set back. */
        AHEAD,
        /** It has cosigned another log of the same size. */
        FORK,
        /** It does not take our proof. */
        REFUSED
    }
}
