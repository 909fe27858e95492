package org.xietong.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One exchange with an authenticated caller, as the pipeline hands it to the journal (I3).
 *
 * @param id from {@link ExchangeIds}; also the {@code Exchange-Id} of the answer
 * @param time kept to the millisecond, in the entry as in the store
 * @param agency the caller's
 * @param parts in any order; an absent part is left out
 * @param nonces of the signatures on the request; empty for what the platform itself does
 * @param body of a write, kept beside the entry exactly as it was signed; empty where none is kept
 */
public record ExchangeRecord(
        UUID id,
        Instant time,
        String agency,
        List<PartContent> parts,
        ExchangeIndex index,
        List<NonceUse> nonces,
        Optional<byte[]> body) {

    public ExchangeRecord {
        parts = List.copyOf(parts);
        nonces = List.copyOf(nonces);
    }

    /** One whose body is not kept. */
    public ExchangeRecord(
            UUID id, Instant time, String agency, List<PartContent> parts, ExchangeIndex index, List<NonceUse> nonces) {
        this(id, time, agency, parts, index, nonces, Optional.empty());
    }
}
