package org.xietong.crypto;

import java.util.Optional;

/**
 * One labelled signature as it was presented, read but not checked.
 *
 * @param components the covered components as an inner list without parameters
 * @param signatureParams the components with their parameters: the value of the last line of the base (RFC 9421
 *     §2.5), serialised from what was parsed
 * @param parameters empty if they are not exactly those that this service asks for
 * @param value the signature
 */
public record PresentedSignature(
        String label,
        String components,
        String signatureParams,
        Optional<SignatureParameters> parameters,
        byte[] value) {

    /** Names the certificate whose key is to be used; empty if the parameters are bad. */
    public Optional<String> keyId() {
        return parameters.map(SignatureParameters::keyId);
    }
}
