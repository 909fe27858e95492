package org.xietong.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.xietong.crypto.Crypto;

/**
 * RFC 6962 §2.1 as it stands there, by recursion over lists: shares nothing with the product, not even the hash
 * functions, and is far too slow to serve.
 */
final class NaiveTree {
    static {
        Crypto.install();
    }

    private final MessageDigest digest;

    NaiveTree(TreeHash which) {
        try {
            this.digest = MessageDigest.getInstance(which == TreeHash.SM3 ? "SM3" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    byte[] leaf(byte[] entry) {
        return hash(0, entry, new byte[0]);
    }

    /** MTH(D[n]), D given as leaf hashes. */
    byte[] root(List<byte[]> d) {
        if (d.isEmpty()) {
            return digest.digest();
        }
        if (d.size() == 1) {
            return d.get(0);
        }
        int k = (int) split(d.size());
        return hash(1, root(d.subList(0, k)), root(d.subList(k, d.size())));
    }

    /** PATH(m, D[n]). */
    List<byte[]> path(int m, List<byte[]> d) {
        if (d.size() == 1) {
            return new ArrayList<>();
        }
        int k = (int) split(d.size());
        List<byte[]> left = d.subList(0, k);
        List<byte[]> right = d.subList(k, d.size());
        List<byte[]> path = m < k ? path(m, left) : path(m - k, right);
        path.add(root(m < k ? right : left));
        return path;
    }

    /** PROOF(m, D[n]). */
    List<byte[]> proof(int m, List<byte[]> d) {
        return subProof(m, d, true);
    }

    private List<byte[]> subProof(int m, List<byte[]> d, boolean whole) {
        int n = d.size();
        if (m == n) {
            List<byte[]> proof = new ArrayList<>();
            if (!whole) {
                proof.add(root(d));
            }
            return proof;
        }
        int k = (int) split(n);
        List<byte[]> left = d.subList(0, k);
        List<byte[]> right = d.subList(k, n);
        List<byte[]> proof = m <= k ? subProof(m, left, whole) : subProof(m - k, right, false);
        proof.add(root(m <= k ? right : left));
        return proof;
    }

    /** On which side each hash of PATH(m, D[n]) is put; trees in which these agree cannot be told apart by a proof. */
    static String pathShape(long m, long n) {
        if (n == 1) {
            return "";
        }
        long k = split(n);
        return m < k ? pathShape(m, k) + 'r' : pathShape(m - k, n - k) + 'l';
    }

    /** The same for PROOF(m, D[n]). */
    static String proofShape(long m, long n) {
        return m == n ? "" : subShape(m, n, true);
    }

    private static String subShape(long m, long n, boolean whole) {
        if (m == n) {
            return whole ? "=" : "h";
        }
        long k = split(n);
        return m <= k ? subShape(m, k, whole) + 'r' : subShape(m - k, n - k, false) + 'l';
    }

    /** The largest power of two smaller than n. */
    private static long split(long n) {
        long k = 1;
        while (k < n - k) {
            k *= 2;
        }
        return k;
    }

    private byte[] hash(int prefix, byte[] left, byte[] right) {
        byte[] data = new byte[1 + left.length + right.length];
        data[0] = (byte) prefix;
        System.arraycopy(left, 0, data, 1, left.length);
        System.arraycopy(right, 0, data, 1 + left.length, right.length);
        return digest.digest(data);
    }
}
