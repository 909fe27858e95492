package org.xietong.exchange;

import java.util.Map;

/**
 * An answer as it leaves: exact bytes, signed, with the headers that prove it.
 *
 * @param body bytes, or a {@link jakarta.ws.rs.core.StreamingOutput} of content whose digest is signed
 * @param headers of the answer, signature headers included
 * @param base the signature base that was signed, kept by the journal
 */
record SealedAnswer(
        int status,
        String contentType,
        Object body,
        Map<String, String> headers,
        byte[] base,
        byte[] signature,
        String keyId) {}
