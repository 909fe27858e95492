package org.xietong.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
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
import org.xietong.problem.FieldFault;
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
    private final Deliveries deliveries;
    private final ObjectMapper json;

    ExchangeReading(ExchangeQueries queries, Inquiries inquiries, Deliveries deliveries, ObjectMapper json) {
        this.queries = queries;
        this.inquiries = inquiries;
        this.deliveries = deliveries;
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
                yield ExchangeListView.of(page, ExchangeView::audited);
            }
        };
    }

    /** One exchange with the parts that this reader may open; any other is not found. */
    public OpenedExchangeView open(Caller caller, Trace trace, Instant now, UUID id) {
        Opened opened = opened(caller, trace, now, id);
        return OpenedExchangeView.of(opened.view(), opened.exchange());
    }

    /**
     * What a reader may open of an exchange.
     *
     * @param own whether his own unit asked for it
     * @param subjects what it disclosed or changed
     */
    record Opened(ExchangeView view, OpenedExchange exchange, boolean own, Set<UUID> subjects) {}

    /** As {@link #open}, for what is made of it. */
    Opened opened(Caller caller, Trace trace, Instant now, UUID id) {
        trace.decided("JOURNAL_OPEN", "-");
        Optional<ExchangeRow> row = queries.find(id);
        List<Touched> touched = queries.touched(id);
        boolean own = row.filter(known -> known.unit().equals(caller.unit())).isPresent();
        if (Inquiries.isAuditor(caller) && row.filter(ExchangeRow::isOfPlatform).isPresent()) {
            Inquiries.requireAuditor(caller);
            return new Opened(
                    ExchangeView.audited(row.get()),
                    queries.openAsAuditor(id).orElseThrow(ExchangeReading::notFound),
                    false,
                    Set.of());
        }
        if (Inquiries.isAuditor(caller) && !own) {
            return audited(inquiries.require(caller, trace, now), id, row, touched);
        }
        OpenedExchange opened = queries.open(id).orElseThrow(ExchangeReading::notFound);
        return opened(caller, row.orElseThrow(ExchangeReading::notFound), touched, opened)
                .orElseThrow(ExchangeReading::notFound);
    }

    /**
     * What a unit may open of a thread's exchanges: what it asked for itself, and what was shown or changed of its own records; an auditor
     * all that his inquiry covers. Oldest first.
     *
     * @throws ProblemException INVALID_QUERY where they are more than {@code most}: a narrower time is needed
     */
    List<Opened> openedOfThread(Caller caller, Trace trace, Instant now, ExchangeFilter filter, int most) {
        trace.decided("JOURNAL_OPEN", "-");
        Map<UUID, ExchangeRow> rows = new TreeMap<>();
        if (Inquiries.isAuditor(caller)) {
            OpenInquiry inquiry = inquiries.require(caller, trace, now);
            collect(rows, most, after -> queries.within(inquiry.scope(), filter, after, ExchangeQueries.MAX_LIMIT));
            Map<UUID, List<Touched>> touched = queries.touched(rows.keySet());
            return queries.openAll(rows.keySet()).stream()
                    .map(opened -> audited(
                            inquiry,
                            Objects.requireNonNull(rows.get(opened.id())),
                            touched.getOrDefault(opened.id(), List.of()),
                            opened))
                    .toList();
        }
        collect(rows, most, after -> queries.ownOfUnit(caller.unit(), filter, after, ExchangeQueries.MAX_LIMIT));
        collect(rows, most, after -> touching(caller, filter, after, ExchangeQueries.MAX_LIMIT - 1));
        Map<UUID, List<Touched>> touched = queries.touched(rows.keySet());
        return queries.openAll(rows.keySet()).stream()
                .flatMap(opened -> opened(
                        caller,
                        Objects.requireNonNull(rows.get(opened.id())),
                        touched.getOrDefault(opened.id(), List.of()),
                        opened)
                        .stream())
                .toList();
    }

    private static void collect(
            Map<UUID, ExchangeRow> rows, int most, Function<Optional<ExchangeCursor>, ExchangePage> pages) {
        Optional<ExchangeCursor> after = Optional.empty();
        do {
            ExchangePage page = pages.apply(after);
            page.rows().forEach(row -> rows.put(row.id(), row));
            if (rows.size() > most) {
                throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("from", "TOO_MANY"));
            }
            after = page.next();
        } while (after.isPresent());
    }

    private Optional<Opened> opened(Caller caller, ExchangeRow row, List<Touched> touched, OpenedExchange opened) {
        if (row.unit().equals(caller.unit())) {
            return Optional.of(new Opened(
                    own(row), own(caller, opened, row.outcome() == Outcome.DENY, touched), true, subjects(touched)));
        }
        List<Touched> ofCaller = touched.stream()
                .filter(t -> t.ownerUnit().equals(caller.unit()))
                .toList();
        boolean changed = ofCaller.stream().anyMatch(Touched::changed);
        Set<UUID> open = isDiscreet(row, caller) && !changed
                ? deliveries.delivered(row.id(), row.unit(), subjects(ofCaller))
                : subjects(ofCaller);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Set<String> owned = open.stream().map(UUID::toString).collect(Collectors.toSet());
        return Optional.of(new Opened(ExchangeView.asOwner(row), ofSubjects(opened, owned), false, subjects(touched)));
    }

    /** All parts; of what belongs to other matters than the inquiry's, none. */
    private Opened audited(OpenInquiry inquiry, UUID id, Optional<ExchangeRow> row, List<Touched> touched) {
        ExchangeRow known = row.filter(r -> inquiry.covers(r, touched)).orElseThrow(ExchangeReading::notFound);
        return audited(inquiry, known, touched, queries.openAsAuditor(id).orElseThrow(ExchangeReading::notFound));
    }

    private Opened audited(OpenInquiry inquiry, ExchangeRow known, List<Touched> touched, OpenedExchange opened) {
        Set<SealedPart.PartRef> outside = opened.parts().stream()
                .filter(ExchangeReading::isOfSubject)
                .filter(part -> !inquiry.covers(UUID.fromString(field(part, "id")), touched))
                .map(SealedPart::ref)
                .collect(Collectors.toSet());
        return new Opened(
                ExchangeView.audited(known), opened.only(part -> !outside.contains(part)), false, subjects(touched));
    }

    private static Set<UUID> subjects(List<Touched> touched) {
        return touched.stream().map(Touched::subject).collect(Collectors.toSet());
    }

    private static boolean isOfSubject(SealedPart part) {
        return part.name().equals("disclosed") || part.name().equals("changed");
    }

    private ExchangeView own(ExchangeRow row) {
        return row.outcome() == Outcome.DENY ? ExchangeView.denied(row) : ExchangeView.whole(row);
    }

    /**
     * The parts of one's own exchange, without the decision of a denial. A disclosure names the version that was read; from whom
     * the view hid it, he may not follow it here (I4). What he changed of others' records names version and digest of the whole
     * content, of which his view may hide a field that can be guessed: that part is the owner's.
     */
    private OpenedExchange own(Caller caller, OpenedExchange opened, boolean denied, List<Touched> touched) {
        Set<String> others = touched.stream()
                .filter(t -> !t.ownerUnit().equals(caller.unit()))
                .map(t -> t.subject().toString())
                .collect(Collectors.toSet());
        Set<SealedPart.PartRef> closed = opened.parts().stream()
                .filter(part -> switch (part.name()) {
                    case "decision" -> denied;
                    case "disclosed" -> hidesVersion(part);
                    case "changed" -> others.contains(field(part, "id"));
                    default -> false;
                })
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

    /** Of a discreet reader's exchange, what proves to its owner that a case handed over arrived, and nothing beside it. */
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
