package org.xietong.record;

/** What a receipt says of a packet: a code of {@code packet-outcomes}. */
public enum PacketOutcome {
    RECEIVED,
    /** Rejected, or sent back for other reasons. */
    RETURNED
}
