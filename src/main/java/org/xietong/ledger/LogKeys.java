package org.xietong.ledger;

import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;

/** The keys that sign the log's checkpoints and nothing else; whoever keeps the platform's keys gives them. */
public interface LogKeys {
    /** Ed25519 for {@code INTL}, SM2 for {@code GM}. */
    Signer logSigner(Suite suite);
}
