package org.xietong.exchange;

import java.util.Map;

/**
 * An answer as it leaves: exact bytes, signed, with the headers that prove it.
 *
 * @param headers of the answer, signature headers included
 * @param base the signature base that was signed, kept by the journal
 */
record SealedAnswer(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        byte[] base,
        byte[] signature,
        String keyId) {}
