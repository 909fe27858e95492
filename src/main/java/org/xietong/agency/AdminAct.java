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
    ROLE_END,
    KEY_REGISTER,
    KEY_SUSPEND,
    KEY_RESUME,
    /** For ever. */
    KEY_REVOKE;

    /** What an act is done to. */
    enum Subject {
        UNIT("SELECT id, active, NULL FROM unit WHERE id = ?"),
        SYSTEM("SELECT unit, active, NULL FROM case_system WHERE id = ?"),
        OFFICER("SELECT unit, active, role FROM officer WHERE id = ?"),
        KEY("""
                SELECT coalesce(s.unit, o.unit), k.active, CASE WHEN k.revoked_at IS NOT NULL THEN 'REVOKED' END
                FROM registered_key k LEFT JOIN case_system s ON s.id = k.case_system LEFT JOIN officer o ON o.id = k.officer
                WHERE k.key_id = ?""");

        /** Gives the unit that it belongs to, whether it is active, and an officer's role or a key's revocation. */
        final String find;

        Subject(String find) {
            this.find = find;
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
