package org.xietong.app;

import java.util.Locale;

/** The five database roles of {@code deploy/database/roles.sql}; each may do its own part only. */
public enum DatabaseRole {
    /** Migrations and the directory of agencies. */
    OWNER,
    /** The service: reads and writes records, only appends to the journal. */
    APP,
    /** Takes pending entries and moves the head of the log. */
    SEQUENCER,
    /** Erases content whose time has come. */
    ERASER,
    /** Reads the log and its index, no content. */
    AUDITOR;

    /** The role's name in PostgreSQL. */
    public String username() {
        return "xietong_" + key();
    }

    /** The name of the role's password among the placeholders of the script. */
    String placeholder() {
        return key() + "_password";
    }

    /** The role's part of a configuration key: {@code xietong.database.<key>.password}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
