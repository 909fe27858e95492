package org.xietong.crypto;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** The two spellings of a P-256 signature: r‖s on the wire (RFC 9421 §3.3.4), DER for foreign tools (RFC 3279 §2.2.3). */
public final class EcdsaForm {
    private static final BigInteger ORDER = order();

    private EcdsaForm() {}

    /**
     * From r‖s to DER.
     *
     * @throws IllegalArgumentException unless exactly 64 bytes with r and s in [1, n-1]
     */
    public static byte[] toDer(byte[] raw) {
        try {
            BigInteger[] rs = decodeRaw(raw);
            return StandardDSAEncoding.INSTANCE.encode(ORDER, rs[0], rs[1]);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a P-256 signature", e);
        }
    }

    /**
     * From DER to r‖s.
     *
     * @throws IllegalArgumentException unless canonical DER (X.690 §10) with r and s in [1, n-1]
     */
    public static byte[] toRaw(byte[] der) {
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
            return encodeRaw(rs[0], rs[1]);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a P-256 signature", e);
        }
    }

    static BigInteger[] decodeRaw(byte[] raw) {
        BigInteger[] rs = PlainDSAEncoding.INSTANCE.decode(ORDER, raw);
        if (rs[0].signum() == 0 || rs[1].signum() == 0) {
            throw new IllegalArgumentException("not a P-256 signature");
        }
        return rs;
    }

    static byte[] encodeRaw(BigInteger r, BigInteger s) {
        return PlainDSAEncoding.INSTANCE.encode(ORDER, r, s);
    }

    private static BigInteger order() {
        X9ECParameters curve = CustomNamedCurves.getByName("P-256");
        return curve.getN();
    }
}
