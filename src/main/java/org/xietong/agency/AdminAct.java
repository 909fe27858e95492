package org.xietong.agency;

/**
 * What administrators can do to the directory. Who starts an act, and who approves it where it widens, stands in the
 * table {@code admin_act} and nowhere else.
 */
public enum AdminAct {
    UNIT_REGISTER,
    UNIT_AMEND,
    UNIT_SUSPEND,
    UNIT_RESUME,
    SYSTEM_REGISTER,
    SYSTEM_AMEND,
    SYSTEM_SUSPEND,
    SYSTEM_RESUME,
    OFFICER_REGISTER,
    OFFICER_AMEND,
    OFFICER_SUSPEND,
    OFFICER_RESUME,
    ROLE_GRANT,
    /** Suspends the officer with it, since a case officer reads more than an administrator: two persons resume him. */
    ROLE_END,
    KEY_REGISTER,
    /** Under all certificates of the private key. */
    KEY_SUSPEND,
    /** Under this certificate. */
    KEY_RESUME,
    /** Under all certificates of the private key, those to come as well, for ever. */
    KEY_REVOKE;

    /** What an act is done to. */
    enum Subject {
        UNIT("SELECT t.id, t.active, NULL, %s FROM unit t WHERE t.id = ?"),
        SYSTEM("SELECT t.unit, t.active, NULL, %s FROM case_system t WHERE t.id = ?"),
        OFFICER("SELECT t.unit, t.active, t.role, %s FROM officer t WHERE t.id = ?"),
        KEY("""
                SELECT coalesce(s.unit, o.unit), t.active, CASE WHEN t.revoked_at IS NOT NULL THEN 'REVOKED' END, %s
                FROM registered_key t LEFT JOIN case_system s ON s.id = t.case_system LEFT JOIN officer o ON o.id = t.officer
                WHERE t.key_id = ?""");

        /** Gives a {@link Standing}. */
        final String find;

        Subject(String find) {
            this.find = find.formatted("standing_digest(t)");
        }
    }

    Subject subject() {
        return switch (this) {
            case UNIT_REGISTER, UNIT_AMEND, UNIT_SUSPEND, UNIT_RESUME -> Subject.UNIT;
            case SYSTEM_REGISTER, SYSTEM_AMEND, SYSTEM_SUSPEND, SYSTEM_RESUME -> Subject.SYSTEM;
            case OFFICER_REGISTER, OFFICER_AMEND, OFFICER_SUSPEND, OFFICER_RESUME, ROLE_GRANT, ROLE_END ->
                Subject.OFFICER;
            case KEY_REGISTER, KEY_SUSPEND, KEY_RESUME, KEY_REVOKE -> Subject.KEY;
        };
    }
}
