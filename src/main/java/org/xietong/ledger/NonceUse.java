package org.xietong.ledger;

import java.time.Instant;

/**
 * That a key has signed with a nonce (RFC 9421, 2.3). The same three values a second time are a replay.
 *
 * @param created the signed time of creation, whole seconds; the caller has already held it against the clock
 */
public record NonceUse(String keyId, String nonce, Instant created) {}
