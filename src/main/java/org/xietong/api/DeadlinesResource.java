package org.xietong.api;

import static org.xietong.exchange.Operation.DEADLINE_LIST;
import static org.xietong.exchange.Operation.DEADLINE_ORDER;
import static org.xietong.exchange.Operation.DEADLINE_RULES;
import static org.xietong.exchange.Operation.DEADLINE_START;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.deadline.Rule;
import org.xietong.deadline.RuleBook;
import org.xietong.deadline.WorkCalendar;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.identifier.ZhName;
import org.xietong.record.DeadlineOrderDraft;
import org.xietong.record.DeadlineOrders;
import org.xietong.record.DeadlinePage;
import org.xietong.record.DeadlineQuery;
import org.xietong.record.DeadlineReading;
import org.xietong.record.DeadlineStartDraft;
import org.xietong.record.DeadlineStarting;
import org.xietong.record.WriteContext;
import org.xietong.record.Written;

/** {@code /v1/deadlines}: statutory time limits, whose they are, and the rules that make them. */
@Path("/v1/deadlines")
@Tag(name = "期限 Deadlines")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeadlinesResource {
    private final CurrentExchange current;
    private final DeadlineReading reading;
    private final DeadlineStarting starting;
    private final DeadlineOrders orders;
    private final RuleBook rules;
    private final WorkCalendar calendar;

    DeadlinesResource(
            CurrentExchange current,
            DeadlineReading reading,
            DeadlineStarting starting,
            DeadlineOrders orders,
            RuleBook rules,
            WorkCalendar calendar) {
        this.current = current;
        this.reading = reading;
        this.starting = starting;
        this.orders = orders;
        this.rules = rules;
        this.calendar = calendar;
    }

    /**
     * The rules about time, and the days off that they count by.
     *
     * @param holidays years whose notice is known; others count weekends only
     */
    public record DeadlineRules(
            @ZhName("期限规则") List<Rule> rules,
            @ZhName("放假安排") List<WorkCalendar.Year> holidays) {}

    @GET
    @Exchanged(DEADLINE_LIST)
    @Operation(operationId = "listDeadlines", summary = "查询期限 / List deadlines")
    public DeadlinePage list(
            @QueryParam("whose") @Nullable String whose,
            @QueryParam("when") @Nullable String when,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        DeadlineQuery query = new DeadlineQuery(
                QueryParameters.constant("whose", whose, DeadlineQuery.Whose.MINE),
                QueryParameters.constant("when", when, DeadlineQuery.When.ANY),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
        return reading.list(exchange.caller(), exchange.trace(), exchange.time(), query);
    }

    @GET
    @Path("rules")
    @Exchanged(DEADLINE_RULES)
    @Operation(operationId = "listDeadlineRules", summary = "查阅期限规则 / Read the rules about time")
    public DeadlineRules rules() {
        return new DeadlineRules(rules.all(), calendar.years());
    }

    @POST
    @Exchanged(DEADLINE_START)
    @Operation(operationId = "startDeadline", summary = "起算期限 / Start a deadline by order")
    public Written start(DeadlineStartDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return starting.start(
                new WriteContext(exchange.caller(), exchange.trace(), exchange.id(), exchange.time()), draft);
    }

    @POST
    @Path("{id}/orders")
    @Exchanged(DEADLINE_ORDER)
    @Operation(operationId = "orderDeadline", summary = "作出期限命令 / Order upon a deadline")
    public Written order(@PathParam("id") String id, DeadlineOrderDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return orders.order(
                new WriteContext(exchange.caller(), exchange.trace(), exchange.id(), exchange.time()),
                Ids.path(id),
                draft);
    }
}
