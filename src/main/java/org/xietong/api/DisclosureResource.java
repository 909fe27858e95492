package org.xietong.api;

import static org.xietong.exchange.Operation.DISCLOSURE_SEARCH;
import static org.xietong.exchange.Operation.READING_REPORT;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.audit.DisclosureList;
import org.xietong.audit.DisclosureSearch;
import org.xietong.audit.Disclosures;
import org.xietong.audit.Readings;
import org.xietong.audit.ReadingsDraft;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.record.WriteContext;
import org.xietong.record.Written;

/** Who saw what, for auditors; and who read it, from those to whom it was delivered. */
@Path("/v1")
@Tag(name = "审计 Audit")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DisclosureResource {
    private final CurrentExchange current;
    private final Disclosures disclosures;
    private final Readings readings;

    DisclosureResource(CurrentExchange current, Disclosures disclosures, Readings readings) {
        this.current = current;
        this.disclosures = disclosures;
        this.readings = readings;
    }

    @POST
    @Path("disclosures/search")
    @Exchanged(DISCLOSURE_SEARCH)
    @Operation(operationId = "searchDisclosures", summary = "查询披露去向 / Who saw what")
    public DisclosureList search(DisclosureSearch search) {
        Exchange exchange = current.get();
        return disclosures.search(exchange.caller(), exchange.trace(), exchange.time(), search);
    }

    @POST
    @Path("readings")
    @Exchanged(READING_REPORT)
    @Operation(operationId = "reportReadings", summary = "报送阅读情况 / Report who read what was delivered")
    public Written report(ReadingsDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return readings.report(
                new WriteContext(exchange.caller(), exchange.trace(), exchange.id(), exchange.time()), draft);
    }
}
