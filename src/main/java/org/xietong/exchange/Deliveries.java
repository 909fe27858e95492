package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xietong.agency.Caller;
import org.xietong.ledger.Delivered;
import org.xietong.ledger.ExchangeQueries;
import org.xietong.ledger.FirstReading;
import org.xietong.problem.ProblemException;
import org.xietong.record.Content;
import org.xietong.record.Handover;
import org.xietong.record.Handovers;
import org.xietong.record.Kind;
import org.xietong.record.Trace;

/**
 * Evidence of delivery 送达证明: of each unit that a record was handed over to, when it was submitted, first fetched, answered and returned, and in
 * which exchange, whose bundle proves it. Of the procuratorate's copy only the acknowledgement is told: what it looks at is not its
 * objects' to know. Of a packet for somebody outside nothing tells that it arrived but his receipt.
 */
@ApplicationScoped
public class Deliveries {
    private final Handovers handovers;
    private final ExchangeQueries exchanges;

    Deliveries(Handovers handovers, ExchangeQueries exchanges) {
        this.handovers = handovers;
        this.exchanges = exchanges;
    }

    /**
     * The deliveries of a record that the caller may know of ({@link Handovers#of}), the first first.
     *
     * @throws ProblemException NOT_FOUND
     */
    public <C extends Content> DeliveryList of(Caller caller, Trace trace, Kind<C> kind, UUID id) {
        Handovers.Handed known = handovers.of(caller, trace, kind, id);
        List<Handover> handed = known.items();
        Map<String, FirstReading> read = exchanges
                .firstReadings(handed.stream()
                        .filter(each -> !each.copy())
                        .map(each -> new Delivered(id, each.to(), each.at()))
                        .toList())
                .stream()
                .collect(Collectors.toMap(FirstReading::unit, Function.identity()));
        return new DeliveryList(Stream.concat(
                        handed.stream().map(each -> DeliveryView.of(each, read.get(each.to()))),
                        known.outside().stream().map(DeliveryView::of))
                .map(each -> each.openTo(caller.unit(), known.own()))
                .toList());
    }

    /** Those of the records that the unit first read in this exchange after they were handed to it; what else it looked at is not told. */
    Set<UUID> delivered(UUID exchange, String unit, Collection<UUID> records) {
        List<Delivered> handed = handovers.to(unit, records).entrySet().stream()
                .map(each -> new Delivered(each.getKey(), unit, each.getValue()))
                .toList();
        return exchanges.firstReadings(handed).stream()
                .filter(read -> read.exchange().equals(exchange))
                .map(FirstReading::subject)
                .collect(Collectors.toUnmodifiableSet());
    }
}
