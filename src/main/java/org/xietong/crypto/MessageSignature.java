package org.xietong.crypto;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * A signature just made.
 *
 * @param signatureParams covered components with parameters, as in the last line of the base
 * @param base the signature base (RFC 9421 §2.5)
 * @param value the signature in wire form
 */
public record MessageSignature(String label, String signatureParams, byte[] base, byte[] value) {

    /** The field Signature-Input for these signatures (RFC 9421 §4.1). */
    public static String signatureInput(MessageSignature... signatures) {
        return Arrays.stream(signatures)
                .map(signature -> signature.label + "=" + signature.signatureParams)
                .collect(Collectors.joining(", "));
    }

    /** The field Signature for these signatures (RFC 9421 §4.2). */
    public static String signature(MessageSignature... signatures) {
        Base64.Encoder base64 = Base64.getEncoder();
        return Arrays.stream(signatures)
                .map(signature -> signature.label + "=:" + base64.encodeToString(signature.value) + ":")
                .collect(Collectors.joining(", "));
    }
}
