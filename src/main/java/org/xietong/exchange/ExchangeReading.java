package org.xietong.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Caller;
import org.xietong.audit.Inquiries;
import org.xietong.audit.OpenInquiry;
import org.xietong.ledger.ExchangeCursor;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.ledger.ExchangePage;
import org.xietong.ledger.ExchangeQueries;
import org.xietong.ledger.ExchangeRow;
import org.xietong.ledger.OpenedExchange;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.SealedPart;
import org.xietong.ledger.Touched;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Trace;

/**
 * Reads the journal, opened reader by reader: the caller his own exchanges, of a denial only that it was denied; an
 * owner what was disclosed or changed of his records, but never that supervisors or investigators looked; an auditor
 * every row, and parts, or what concerns a certain record, matter or person, within an inquiry that his purpose names. No reader
 * sees case content here: the journal has none.
 */
@ApplicationScoped
public class ExchangeReading {
    /** Who looks at others' records on duty that its object must not learn of (刑事诉讼法, 侦查与监督). */
    private static final Set<String> DISCREET =
            Set.of(AgencyCode.PROC.name(), AgencyCode.POLICE.name(), AgencyCode.AUD.name());

    private final ExchangeQueries queries;
    private final Inquiries inquiries;
    private final ObjectMapper json;

    ExchangeReading(ExchangeQueries queries, Inquiries inquiries, ObjectMapper json) {
        this.queries = queries;
        this.inquiries = inquiries;
        this.json = json;
    }

    /** Whose exchanges a list shows. */
    public enum Scope {
        OWN,
        RECORDS,
        ALL
    }

    /** A page of exchanges, newest first. */
    public ExchangeListView list(
            Caller caller,
            Trace trace,
            Instant now,
            Scope scope,
            ExchangeFilter filter,
            Optional<String> after,
            int limit) {
        Optional<ExchangeCursor> cursor = after.map(ExchangeCursor::parse);
        trace.decided("JOURNAL_" + scope, "-");
        return switch (scope) {
            case OWN -> ExchangeListView.of(queries.ownOfUnit(caller.unit(), filter, cursor, limit), this::own);
            case RECORDS -> ExchangeListView.of(touching(caller, filter, cursor, limit), ExchangeView::asOwner);
            case ALL -> {
                Inquiries.requireAuditor(caller);
                ExchangePage page = filter.isNarrow()
                        ? queries.within(inquiries.require(caller, trace, now).scope(), filter, cursor, limit)
                        : queries.all(filter, cursor, limit);
                yield ExchangeListView.of(page, ExchangeView::whole);
            }
        };
    }

    /** One exchange with the parts that this reader may open; any other is not found. */
    public OpenedExchangeView open(Caller caller, Trace trace, Instant now, UUID id) {
        trace.decided("JOURNAL_OPEN", "-");
        Optional<ExchangeRow> row = queries.find(id);
        List<Touched> touched = queries.touched(id);
        boolean own = row.filter(known -> known.unit().equals(caller.unit())).isPresent();
        if (Inquiries.isAuditor(caller) && !own) {
            return audited(inquiries.require(caller, trace, now), id, row, touched);
        }
        OpenedExchange opened = queries.open(id).orElseThrow(ExchangeReading::notFound);
        ExchangeRow known = row.orElseThrow(ExchangeReading::notFound);
        if (own) {
            return OpenedExchangeView.of(own(known), own(opened, known.outcome() == Outcome.DENY));
        }
        Set<String> owned = touched.stream()
                .filter(t -> t.ownerUnit().equals(caller.unit()))
                .map(t -> t.subject().toString())
                .collect(Collectors.toSet());
        boolean changed =
                touched.stream().anyMatch(t -> t.changed() && t.ownerUnit().equals(caller.unit()));
        if (owned.isEmpty() || (isDiscreet(known, caller) && !changed)) {
            throw notFound();
        }
        return OpenedExchangeView.of(ExchangeView.asOwner(known), ofSubjects(opened, owned));
    }

    /** All parts; of what belongs to other matters than the inquiry's, none. */
    private OpenedExchangeView audited(OpenInquiry inquiry, UUID id, Optional<ExchangeRow> row, List<Touched> touched) {
        ExchangeRow known = row.filter(r -> inquiry.covers(r, touched)).orElseThrow(ExchangeReading::notFound);
        OpenedExchange opened = queries.openAsAuditor(id).orElseThrow(ExchangeReading::notFound);
        Set<SealedPart.PartRef> outside = opened.parts().stream()
                .filter(ExchangeReading::isOfSubject)
                .filter(part -> !inquiry.covers(UUID.fromString(field(part, "id")), touched))
                .map(SealedPart::ref)
                .collect(Collectors.toSet());
        return OpenedExchangeView.of(ExchangeView.whole(known), opened.only(part -> !outside.contains(part)));
    }

    private static boolean isOfSubject(SealedPart part) {
        return part.name().equals("disclosed") || part.name().equals("changed");
    }

    private ExchangeView own(ExchangeRow row) {
        return row.outcome() == Outcome.DENY ? ExchangeView.denied(row) : ExchangeView.whole(row);
    }

    /**
     * The parts of one's own exchange, without the decision of a denial. A disclosure names the version that was read; from whom
     * the view hid it, he may not follow it here (I4).
     */
    private OpenedExchange own(OpenedExchange opened, boolean denied) {
        Set<SealedPart.PartRef> closed = opened.parts().stream()
                .filter(part ->
                        part.name().equals("decision") ? denied : part.name().equals("disclosed") && hidesVersion(part))
                .map(SealedPart::ref)
                .collect(Collectors.toSet());
        return opened.only(part -> !closed.contains(part));
    }

    /** Fills a page around what must not be seen, however much of it, so that neither length nor cursor tells of it (I4). */
    private ExchangePage touching(Caller caller, ExchangeFilter filter, Optional<ExchangeCursor> after, int limit) {
        List<ExchangeRow> shown = new ArrayList<>();
        ExchangePage page = queries.touching(caller.unit(), filter, after, limit + 1);
        addShown(page, caller, shown);
        while (shown.size() <= limit && page.next().isPresent()) {
            page = queries.touching(caller.unit(), filter, page.next(), ExchangeQueries.MAX_LIMIT);
            addShown(page, caller, shown);
        }
        if (shown.size() <= limit) {
            return new ExchangePage(shown, Optional.empty());
        }
        ExchangeRow last = shown.get(limit - 1);
        return new ExchangePage(shown.subList(0, limit), Optional.of(new ExchangeCursor(last.time(), last.id())));
    }

    private static void addShown(ExchangePage page, Caller caller, List<ExchangeRow> shown) {
        page.rows().stream().filter(row -> !isDiscreet(row, caller)).forEach(shown::add);
    }

    private static boolean isDiscreet(ExchangeRow row, Caller caller) {
        return !row.unit().equals(caller.unit()) && DISCREET.contains(row.agency());
    }

    private OpenedExchange ofSubjects(OpenedExchange opened, Set<String> owned) {
        Set<SealedPart.PartRef> allowed = opened.parts().stream()
                .filter(ExchangeReading::isOfSubject)
                .filter(part -> owned.contains(field(part, "id")))
                .map(SealedPart::ref)
                .collect(Collectors.toSet());
        return opened.only(allowed::contains);
    }

    /** Less than a full view, or one that is limited to some of whom the record concerns. */
    private boolean hidesVersion(SealedPart part) {
        JsonNode disclosed = json(part);
        boolean full = View.FULL.name().equals(disclosed.path("view").asText());
        return !full
                || StreamSupport.stream(disclosed.path("masked").spliterator(), false)
                        .anyMatch(masked -> masked.asText().equals("/version"));
    }

    private String field(SealedPart part, String name) {
        return json(part).path(name).asText();
    }

    private JsonNode json(SealedPart part) {
        try {
            return json.readTree(part.bytes());
        } catch (IOException e) {
            throw new IllegalStateException("a stored part is not JSON");
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND);
    }
}
