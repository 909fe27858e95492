package org.xietong.record;

/** How a packet is sealed: a code of {@code packet-sealings}. */
public enum PacketSealing {
    /** To the certificate that the recipient is registered with. */
    CERTIFICATE,
    /** By a passphrase that is told once. */
    PASSPHRASE
}
