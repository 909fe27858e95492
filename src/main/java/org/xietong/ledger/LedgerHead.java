package org.xietong.ledger;

/**
 * The head of both trees at one size.
 *
 * @param epoch of the leader that may move it; each change of leader is one more
 * @param size leaves in each of the two trees
 */
record LedgerHead(long epoch, long size, byte[] sha256, byte[] sm3) {}
