package org.xietong.client;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * An answer whose signature, binding to its request, and content digest were checked. A problem (RFC 9457) is an
 * answer too: look at the status.
 *
 * @param exchangeId the field Exchange-Id, by which the exchange is found in the log
 * @param request what was sent
 * @param response the platform's signature
 */
public record SignedAnswer(
        int status,
        HttpHeaders headers,
        byte[] body,
        String exchangeId,
        PreparedRequest request,
        SignatureEvidence response) {

    public byte[] requestSignatureBase() {
        return request.system().base();
    }

    public byte[] requestSignature() {
        return request.system().value();
    }

    public Optional<byte[]> officerSignatureBase() {
        return request.officer().map(SignatureEvidence::base);
    }

    public Optional<byte[]> officerSignature() {
        return request.officer().map(SignatureEvidence::value);
    }

    public byte[] responseSignatureBase() {
        return response.base();
    }

    public byte[] responseSignature() {
        return response.value();
    }
}
