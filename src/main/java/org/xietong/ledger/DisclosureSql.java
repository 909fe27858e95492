package org.xietong.ledger;

/**
 * The text of a page of disclosures. Of each key one stretch of an index, from the cursor on and no longer than the page; then the
 * parts by their primary key. So a page costs the same however much is journaled.
 */
final class DisclosureSql {
    private static final String PAGE = """
            SELECT d.entry_id, d.time, d.subject, d.thread, d.idx, d.agency, d.unit, d.system, d.officer, d.operation, d.status,
                p.bytes, q.bytes,
                (SELECT coalesce(jsonb_agg(jsonb_build_object('officer', r.officer, 'at', r.at, 'reportedAt', r.reported_at)
                        ORDER BY r.at, r.officer), '[]')::text
                    FROM reported_reading r WHERE r.entry_id = d.entry_id AND r.subject = d.subject)
            FROM (
                SELECT l.* FROM unnest(string_to_array(?, ',')::uuid[]) AS k (id)
                CROSS JOIN LATERAL (
                    SELECT t.entry_id, t.time, t.subject, t.thread, u.idx,
                        x.agency, x.unit, x.system, x.officer, x.operation, x.status
                    FROM %1$s
                    JOIN exchange_index x ON x.id = %2$s.entry_id
                    CROSS JOIN LATERAL unnest(t.parts) AS u (idx)
                    WHERE %3$s = k.id AND x.agency = ANY (string_to_array(?, ','))
                        AND %2$s.time >= ? AND %2$s.time < ?
                        AND (? = '' OR t.thread = ANY (string_to_array(?, ',')::uuid[]))
                        AND (%2$s.time, %2$s.entry_id) <= (?, ?)
                        AND (%2$s.time, %2$s.entry_id, %2$s.subject, u.idx) < (?, ?, ?, ?)
                    ORDER BY %2$s.time DESC, %2$s.entry_id DESC, %2$s.subject DESC, u.idx DESC
                    LIMIT ?
                ) l
                ORDER BY l.time DESC, l.entry_id DESC, l.subject DESC, l.idx DESC
                LIMIT ?
            ) d
            LEFT JOIN journal_part p ON p.entry_id = d.entry_id AND p.name = 'disclosed' AND p.idx = d.idx
            LEFT JOIN journal_part q ON q.entry_id = d.entry_id AND q.name = 'purpose' AND q.idx = 0
            ORDER BY d.time DESC, d.entry_id DESC, d.subject DESC, d.idx DESC
            """;

    private static final String TOUCHED = "exchange_touched t";
    private static final String CONCERNED =
            "exchange_participant c JOIN exchange_touched t ON t.entry_id = c.entry_id AND t.subject = c.subject";

    static final String OF_SUBJECT = PAGE.formatted(TOUCHED, "t", "t.subject");
    static final String OF_THREAD = PAGE.formatted(TOUCHED, "t", "t.thread");
    static final String OF_PARTICIPANTS = PAGE.formatted(CONCERNED, "c", "c.participant");

    /** Whom the index names under one of these digests, in the threads that are asked about. */
    static final String PARTICIPANTS = """
            SELECT DISTINCT participant FROM blind_index
            WHERE digest = ? AND (? = '' OR matter = ANY (string_to_array(?, ',')::uuid[]))
            ORDER BY participant LIMIT ?
            """;

    private DisclosureSql() {}

    static String of(Sought sought) {
        return switch (sought) {
            case Sought.Subject subject -> OF_SUBJECT;
            case Sought.Thread thread -> OF_THREAD;
            case Sought.Participants participants -> OF_PARTICIPANTS;
        };
    }
}
