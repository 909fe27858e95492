package org.xietong.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Lists of hashes, or of other bytes. */
final class Hashes {
    private Hashes() {}

    /** A copy that nobody else can change, but for the bytes themselves; each of 32 of them. */
    static List<byte[]> copy(List<byte[]> hashes) {
        List<byte[]> copy = new ArrayList<>(hashes.size());
        for (byte[] hash : hashes) {
            copy.add(check(hash).clone());
        }
        return Collections.unmodifiableList(copy);
    }

    static byte[] check(byte[] hash) {
        if (hash.length != TreeHash.SIZE) {
            throw new IllegalArgumentException("a hash has " + TreeHash.SIZE + " bytes");
        }
        return hash;
    }

    static boolean equal(List<byte[]> one, List<byte[]> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    static int hashCode(List<byte[]> hashes) {
        return hashes.stream().mapToInt(Arrays::hashCode).reduce(1, (sum, next) -> 31 * sum + next);
    }
}
