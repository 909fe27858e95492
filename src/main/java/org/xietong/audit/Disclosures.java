package org.xietong.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.ledger.Disclosure;
import org.xietong.ledger.DisclosureCursor;
import org.xietong.ledger.DisclosurePage;
import org.xietong.ledger.DisclosureQueries;
import org.xietong.ledger.Sought;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.BlindIndex;
import org.xietong.record.BlindIndexBuild;
import org.xietong.record.Trace;

/** Who saw what: every disclosure of a record, a matter, a participant or whoever bears a number, within an inquiry. */
@ApplicationScoped
public class Disclosures {
    private static final int USUAL = 50;

    private final Inquiries inquiries;
    private final DisclosureQueries queries;
    private final BlindIndex blind;
    private final BlindIndexBuild build;
    private final ObjectMapper json;

    Disclosures(
            Inquiries inquiries,
            DisclosureQueries queries,
            BlindIndex blind,
            BlindIndexBuild build,
            ObjectMapper json) {
        this.inquiries = inquiries;
        this.queries = queries;
        this.blind = blind;
        this.build = build;
        this.json = json;
    }

    /**
     * A page of disclosures. What lies outside the inquiry and what does not exist both give an empty one (I4).
     *
     * @throws ProblemException as {@link Inquiries#require}; UNAVAILABLE for an identifier while the index is being made
     */
    public DisclosureList search(Caller caller, Trace trace, Instant now, DisclosureSearch search) {
        trace.decided("WHO_SAW_WHAT", "-");
        OpenInquiry inquiry = inquiries.require(caller, trace, now);
        Sought sought = sought(search, inquiry);
        DisclosurePage page = queries.page(
                inquiry.scope(),
                sought,
                Optional.ofNullable(search.after()).map(DisclosureCursor::parse),
                Optional.ofNullable(search.limit()).orElse(USUAL));
        List<DisclosureView> items = new ArrayList<>();
        int erased = 0;
        for (Disclosure row : page.rows()) {
            if (row.part().isEmpty()) {
                erased++;
            } else {
                JsonNode part = read(row.part().get());
                if (concerns(sought, part)) {
                    items.add(view(row, part));
                }
            }
        }
        return new DisclosureList(
                items, erased, page.next().map(DisclosureCursor::text).orElse(null));
    }

    private Sought sought(DisclosureSearch search, OpenInquiry inquiry) {
        long given = Stream.of(search.recordId(), search.matterId(), search.participantId(), search.identifier())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/recordId", "EXACTLY_ONE"));
        }
        if (search.recordId() != null) {
            return new Sought.Subject(search.recordId());
        }
        if (search.matterId() != null) {
            return new Sought.Thread(search.matterId());
        }
        return new Sought.Participants(
                search.participantId() != null
                        ? List.of(search.participantId())
                        : bearers(Objects.requireNonNull(search.identifier()), inquiry));
    }

    private List<UUID> bearers(DisclosureSearch.Sought identifier, OpenInquiry inquiry) {
        if (!build.isComplete()) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        return blind.digest(Objects.requireNonNull(identifier.type()), Objects.requireNonNull(identifier.value()))
                .map(digest -> queries.participants(digest, inquiry.scope().threads()))
                .orElse(List.of());
    }

    /** An answer can show a record and hide one of those whom it concerns. */
    private static boolean concerns(Sought sought, JsonNode part) {
        return !(sought instanceof Sought.Participants participants)
                || participants.ids().stream()
                        .anyMatch(id -> texts(part, "participants").contains(id.toString()));
    }

    private DisclosureView view(Disclosure row, JsonNode part) {
        return new DisclosureView(
                row.exchange(),
                row.time().atOffset(ZoneOffset.UTC),
                new DisclosureView.DeliveredTo(row.agency(), row.unit(), row.system(), row.officer()),
                row.operation(),
                row.subject(),
                row.thread(),
                part.path("kind").asText(),
                part.path("version").asInt(),
                part.path("view").asText(),
                texts(part, "masked"),
                texts(part, "caveated"),
                texts(part, "participants"),
                part.path("rule").asText(),
                text(part, "recipient"),
                text(part, "packet"),
                row.purpose().map(this::read).map(Disclosures::purpose).orElse(null),
                readers(read(row.readings().getBytes(StandardCharsets.UTF_8))));
    }

    private static DisclosureView.StatedPurpose purpose(JsonNode part) {
        return new DisclosureView.StatedPurpose(
                part.path("code").asText(), text(part, "basis"), text(part, "caseNumber"));
    }

    private static List<DisclosureView.Reader> readers(JsonNode readings) {
        List<DisclosureView.Reader> readers = new ArrayList<>();
        readings.forEach(reading -> readers.add(new DisclosureView.Reader(
                reading.path("officer").asText(), time(reading, "at"), time(reading, "reportedAt"))));
        return readers;
    }

    private static OffsetDateTime time(JsonNode reading, String name) {
        return OffsetDateTime.parse(reading.path(name).asText()).withOffsetSameInstant(ZoneOffset.UTC);
    }

    private static @Nullable String text(JsonNode part, String name) {
        return part.path(name).isTextual() ? part.path(name).asText() : null;
    }

    private static List<String> texts(JsonNode part, String name) {
        List<String> texts = new ArrayList<>();
        part.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private JsonNode read(byte[] bytes) {
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("a stored part is not JSON");
        }
    }
}
