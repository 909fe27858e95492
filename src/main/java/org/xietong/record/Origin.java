package org.xietong.record;

/** Where a record comes from; a backfilled one starts no clock and no notice. */
public enum Origin {
    LIVE,
    BACKFILL
}
