package org.xietong.ledger;

/**
 * A part with its salt, as stored beside its entry. Whoever holds it can open the commitment in the entry; nobody else
 * can guess at it (I9).
 *
 * @param salt 128 random bits, independent of every other part's
 * @param bytes exactly as hashed
 */
public record SealedPart(String name, int index, byte[] salt, byte[] bytes) {
    static final int SALT_BYTES = 16;

    /** Lower-hex SHA-256(salt ‖ bytes): the commitment that stands in the entry. */
    public String digest() {
        return Sha256.hexOf(salt, bytes);
    }

    public PartRef ref() {
        return new PartRef(name, index);
    }

    /** Names a part of an entry. */
    public record PartRef(String name, int index) {}
}
