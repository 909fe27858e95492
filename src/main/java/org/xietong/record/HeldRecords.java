package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.xietong.crypto.Digests;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * What a reader of the feed must hold, told from the feed's own table as of the place that he has reached: so it is the sum of what he was
 * told, whatever happens meanwhile. It costs what the unit sees in all, so each unit has one such question answered at a time.
 */
@ApplicationScoped
class HeldRecords {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 2_000;
    /** Over all units, at one replica: the others keep their connections to the database. */
    private static final int MOST = 4;

    private final ChangeRows changes;
    private final SightRebuild sight;
    private final Semaphore places = new Semaphore(MOST);
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    HeldRecords(ChangeRows changes, SightRebuild sight) {
        this.changes = changes;
        this.sight = sight;
    }

    /**
     * Per kind, in the order of their codes.
     *
     * @param viewers the unit first
     * @return nothing while one of the records is moving, or sight is behind the policy or the clock: then the engine tells less
     * @throws ProblemException RATE_LIMITED while the unit has another such question open, or too many have
     */
    Optional<List<ChangeHeld>> of(List<ChangeRows.From> viewers) {
        String unit = viewers.getFirst().viewer();
        if (!asking.add(unit)) {
            throw busy();
        }
        try {
            return within(viewers);
        } finally {
            asking.remove(unit);
        }
    }

    private Optional<List<ChangeHeld>> within(List<ChangeRows.From> viewers) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            return sum(viewers);
        } finally {
            places.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(ProblemType.RATE_LIMITED, new FieldFault("held", "TOO_MANY"));
    }

    private Optional<List<ChangeHeld>> sum(List<ChangeRows.From> viewers) {
        if (!sight.isCurrent() || changes.isEnding(viewers)) {
            return Optional.empty();
        }
        Map<String, Sum> kinds = new TreeMap<>();
        UUID after = FIRST;
        List<ChangeRows.Known> page;
        do {
            page = changes.known(viewers, after, AT_ONCE);
            for (ChangeRows.Known one : page) {
                if (one.moved()) {
                    return Optional.empty();
                }
                kinds.computeIfAbsent(one.kind(), kind -> new Sum()).add(one.record());
                after = one.record();
            }
        } while (page.size() == AT_ONCE);
        return Optional.of(kinds.entrySet().stream()
                .map(kind -> kind.getValue().of(kind.getKey()))
                .toList());
    }

    private static final class Sum {
        private final MessageDigest digest = Digests.newSha256();
        private long records;

        private void add(UUID record) {
            records++;
            digest.update((record + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        private ChangeHeld of(String kind) {
            return new ChangeHeld(kind, records, Digests.hex(digest.digest()));
        }
    }
}
