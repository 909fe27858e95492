package org.xietong.agency;

/** What an administrator states for a change of the directory. */
sealed interface DirectoryDraft permits UnitDraft, SystemDraft, OfficerDraft, KeyDraft, RoleDraft, DirectoryDraft.None {

    /** For acts that say all by themselves: suspend, resume, revoke, end. */
    record None() implements DirectoryDraft {}

    /** What an act is stated with. */
    static Class<? extends DirectoryDraft> of(AdminAct act) {
        return switch (act) {
            case UNIT_REGISTER, UNIT_AMEND -> UnitDraft.class;
            case SYSTEM_REGISTER, SYSTEM_AMEND -> SystemDraft.class;
            case OFFICER_REGISTER, OFFICER_AMEND -> OfficerDraft.class;
            case KEY_REGISTER -> KeyDraft.class;
            case ROLE_GRANT -> RoleDraft.class;
            case UNIT_SUSPEND,
                    UNIT_RESUME,
                    SYSTEM_SUSPEND,
                    SYSTEM_RESUME,
                    OFFICER_SUSPEND,
                    OFFICER_RESUME,
                    ROLE_END,
                    KEY_SUSPEND,
                    KEY_RESUME,
                    KEY_REVOKE -> None.class;
        };
    }
}
