package org.xietong.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Administrator;
import org.xietong.agency.ChangeView;
import org.xietong.agency.DirectoryListing;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.label.Level;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Trace;

/** Acts of administrators on the road: who acts, and the trace that the journal keeps of it. */
@ApplicationScoped
class AdminActs {
    private final CurrentExchange current;

    AdminActs(CurrentExchange current) {
        this.current = current;
    }

    /** Something proposed: 201, and nothing has changed yet. */
    ChangeView propose(Function<Administrator, ChangeView> act) {
        current.get().status(201);
        return act(act);
    }

    /** Something done or decided. */
    ChangeView act(Function<Administrator, ChangeView> act) {
        Exchange exchange = current.get();
        Trace trace = exchange.trace();
        trace.concerns(ChangeView.KIND);
        ChangeView change = act.apply(administrator(exchange));
        trace.decided("ADMIN_" + change.act(), "-");
        trace.changed(new Trace.Changed(
                change.id(),
                ChangeView.KIND,
                change.decidedIn() == null || change.decidedIn().equals(change.id()) ? 1 : 2,
                null,
                String.valueOf(change.unit()),
                change.act() + "/" + change.state(),
                Level.INTERNAL,
                String.valueOf(change.digest())));
        return change;
    }

    static DirectoryListing.Selection selection(@Nullable String of, @Nullable String after, @Nullable String limit) {
        return new DirectoryListing.Selection(
                Optional.ofNullable(of), Optional.ofNullable(after), QueryParameters.limit(limit));
    }

    private static Administrator administrator(Exchange exchange) {
        return new Administrator(
                exchange.caller().signingOfficer().orElseThrow(AdminActs::unsigned),
                exchange.officerKeyId().orElseThrow(AdminActs::unsigned),
                exchange.id(),
                exchange.time());
    }

    private static ProblemException unsigned() {
        return new ProblemException(ProblemType.OFFICER_SIGNATURE_REQUIRED);
    }
}
