package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.xietong.matter.Occurred;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** What goes along with a packet and its receipt: the record's own lifecycle, where it knows of them ({@link Content#goesAlong}). */
@ApplicationScoped
class OutwardActs {
    private final RecordStore store;

    OutwardActs(RecordStore store) {
        this.store = store;
    }

    /**
     * The act that a packet brings; none where the kind knows of none.
     *
     * @throws ProblemException STATE_CONFLICT where the state lets nothing leave yet, or no more
     */
    static Optional<Act> required(Seen<?> seen, Content.Outward moment) {
        Optional<Act> act = possible(seen, moment);
        if (act.isEmpty() && seen.content().goesAlong(moment).isPresent()) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        return act;
    }

    /** The same where what happened outside is a fact, whatever the state. */
    static Optional<Act> possible(Seen<?> seen, Content.Outward moment) {
        return seen.content()
                .goesAlong(moment)
                .flatMap(name -> seen.content().lifecycle().act(name, seen.row().state()));
    }

    /** Takes it, in the transaction of the packet or its receipt and under the matter's lock. */
    void take(WriteContext context, Seen<?> seen, Act act, String documentNumber) {
        Done done = new Done(
                act,
                Lookup.participants(seen.content()),
                documentNumber,
                null,
                null,
                List.of(),
                null,
                List.of(),
                context.caller().unit(),
                LocalDate.ofInstant(context.at(), Occurred.ZONE));
        store.carry(context, seen.row().id(), act, seen.content().after(done));
    }
}
