package org.xietong.crypto;

/**
 * How deep foreign ASN.1 nests. Parsers descend as deep as the bytes say, and end in a stack overflow where those are hostile;
 * nothing that this service reads nests deeper than some twenty. DER alone: indefinite lengths (X.690 §8.1.3.6) are refused.
 */
final class DerDepth {
    private static final int MOST = 64;
    private static final int CONSTRUCTED = 0x20;

    private final byte[] der;

    private DerDepth(byte[] der) {
        this.der = der;
    }

    static boolean isBearable(byte[] der) {
        return new DerDepth(der).fits(0, der.length, 0);
    }

    /** Whether the elements between these ends are complete and nest no deeper than allowed. */
    private boolean fits(int from, int to, int depth) {
        int at = from;
        while (at < to) {
            int tag = der[at] & 0xff;
            at++;
            if ((tag & 0x1f) == 0x1f) {
                while (at < to && (der[at] & 0x80) != 0) {
                    at++;
                }
                at++;
            }
            if (at >= to) {
                return false;
            }
            int length = der[at] & 0xff;
            at++;
            if (length >= 0x80) {
                int bytes = length & 0x7f;
                if (bytes == 0 || bytes > 3 || at + bytes > to) {
                    return false;
                }
                length = 0;
                for (int i = 0; i < bytes; i++) {
                    length = length << 8 | der[at + i] & 0xff;
                }
                at += bytes;
            }
            if (length > to - at || (tag & CONSTRUCTED) != 0 && (depth == MOST || !fits(at, at + length, depth + 1))) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
