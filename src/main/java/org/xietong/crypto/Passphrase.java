package org.xietong.crypto;

import java.util.Arrays;

/**
 * A passphrase that is used once: 25 characters out of 32, 125 bits, in groups that can be told by telephone. It prints as nothing, so
 * that no log ever holds one.
 */
public final class Passphrase {
    /** Without 0, 1, I and O, which are read wrongly. */
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final int GROUPS = 5;
    private static final int GROUP = 5;

    private final char[] characters;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /** A new one, from the kernel's randomness. */
    public static Passphrase next() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(Randomness.SOURCE.nextInt(ALPHABET.length())));
        }
        return new Passphrase(text.toString().toCharArray());
    }

    char[] characters() {
        return characters.clone();
    }

    /** To be told once, in the answer to who asked for it. */
    public String reveal() {
        return new String(characters);
    }

    @Override
    public String toString() {
        return "*".repeat(GROUP);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Passphrase that && Arrays.equals(that.characters, characters);
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
