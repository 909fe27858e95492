package org.xietong.ledger;

import java.util.List;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;

/** The keys that sign the log's checkpoints and nothing else; whoever keeps the platform's keys gives them. */
public interface LogKeys {
    /**
     * Ed25519 for {@code INTL}, SM2 for {@code GM}: the key in use first; behind it, while keys rotate, the one that follows
     * and already signs beside it.
     */
    List<Signer> logSigners(Suite suite);
}
