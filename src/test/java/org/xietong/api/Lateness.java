package org.xietong.api;

import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;

/** Lets time pass for tests: what was raised today was raised some days ago, for the clocks and for what they are worked out from. */
final class Lateness {
    private static final int DAYS = 10;

    private Lateness() {}

    /** Ten days for the prompts upon a record: three more than they may stand. */
    static void ofPrompts(City city, Piece piece) {
        String of = " WHERE record_id = '" + piece.id() + "'";
        city.stored()
                .execute(
                        "UPDATE xietong.case_event SET day = day - " + DAYS + ", at = at - interval '" + DAYS + " days'"
                                + of + " AND kind = 'prompt'",
                        "UPDATE xietong.deadline SET started_day = started_day - " + DAYS
                                + ", started_at = started_at - interval '"
                                + DAYS + " days', due_on = due_on - " + DAYS + ", due_at = due_at - interval '" + DAYS
                                + " days', sorted = sorted - interval '" + DAYS + " days'" + of + " AND rule = 'T1'",
                        "UPDATE xietong.deadline_actor a SET sorted = d.sorted FROM xietong.deadline d"
                                + " WHERE d.id = a.deadline_id AND d.record_id = '" + piece.id() + "'");
    }

    /** So many days for what was done to a request, and for the day that it names; its deadlines follow with the next sweep. */
    static void ofRequests(City city, Piece piece, int days) {
        city.stored()
                .execute("UPDATE xietong.case_event SET day = day - " + days + ", at = at - interval '" + days
                        + " days', attributes = ARRAY(SELECT CASE WHEN a LIKE 'replyBy=%' THEN 'replyBy=' || (substr(a, 9)::date - "
                        + days + ") ELSE a END FROM unnest(attributes) AS a) WHERE record_id = '" + piece.id() + "'");
    }
}
