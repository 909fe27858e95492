package org.xietong.ledger;

/** How an exchange ended: what was asked was granted, refused, or broke off. */
public enum Outcome {
    PERMIT,
    DENY,
    FAIL
}
