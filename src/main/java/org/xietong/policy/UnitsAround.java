package org.xietong.policy;

import java.util.HashSet;
import java.util.Set;

/**
 * How units stand to a record.
 *
 * @param owner whose record it is
 * @param addressees to which the record is addressed
 * @param senders whose clue or case was transferred into this matter to the owner
 * @param referrers whose clue or case was transferred to the owner of the filing of which the record is a stage
 * @param appealedTo of second instance, to which a judgment of the filing was sent up, and whose
 * @param handlers of a judgment: they own its filing or a stage of it
 * @param requesters of a supervision: who asked for it, by a complaint about the transfer that it is about
 * @param members those in the matter, without whom others than the owner brought in
 */
public record UnitsAround(
        String owner,
        Set<String> addressees,
        Set<String> senders,
        Set<String> referrers,
        Set<SentUp> appealedTo,
        Set<String> handlers,
        Set<String> requesters,
        Set<String> members) {

    public UnitsAround {
        addressees = Set.copyOf(addressees);
        senders = Set.copyOf(senders);
        referrers = Set.copyOf(referrers);
        appealedTo = Set.copyOf(appealedTo);
        handlers = Set.copyOf(handlers);
        requesters = Set.copyOf(requesters);
        members = Set.copyOf(members);
    }

    /** A record that is nobody's business but its owner's. */
    public static UnitsAround of(String owner) {
        return new UnitsAround(owner, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** The same, addressed to one unit more. */
    public UnitsAround addressing(String unit) {
        Set<String> all = new HashSet<>(addressees);
        all.add(unit);
        return new UnitsAround(owner, all, senders, referrers, appealedTo, handlers, requesters, members);
    }
}
