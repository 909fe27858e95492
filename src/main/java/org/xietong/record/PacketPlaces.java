package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** A packet is made, sealed and fetched in memory, several times its size: so few of them at a time at one replica. */
@ApplicationScoped
class PacketPlaces {
    static final int MOST = 2;

    private final Semaphore places = new Semaphore(MOST);

    /**
     * Done in one of the places, which is asked for before any lock is: who must wait keeps nobody else from the matter, and learns nothing of
     * the record (I4).
     *
     * @throws ProblemException RATE_LIMITED where all are taken
     */
    <T> T within(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw new ProblemException(ProblemType.RATE_LIMITED);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
