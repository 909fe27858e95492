package org.xietong.evidence;

import java.util.Arrays;

/** One byte put in place of another, inserted, or taken away. */
record Mutation(int at, int kind, int with) {
    byte[] apply(byte[] bytes) {
        int position = at % bytes.length;
        byte[] after = Arrays.copyOfRange(bytes, kind == 1 ? position : position + 1, bytes.length);
        int kept = kind == 2 ? position : position + 1;
        byte[] altered = Arrays.copyOf(bytes, kept + after.length);
        if (kind != 2) {
            altered[position] = (byte) with;
        }
        System.arraycopy(after, 0, altered, kept, after.length);
        return altered;
    }
}
