package org.xietong.deadline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened in one matter, one criminal filing in it; names stand for ids. */
final class Happenings {
    static final UUID MATTER = id("matter");
    private final List<CaseEvent> events = new ArrayList<>();
    private String reached = "";
    private UUID filing = id("filing");
    private @Nullable Instant recorded;

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The state that the next act leaves. */
    Happenings reaching(String state) {
        reached = state;
        return this;
    }

    /** The next acts are of the filing of that name, or name none where it is the name of their record. */
    Happenings ofFiling(String name) {
        filing = id(name);
        return this;
    }

    /** The next acts are written down at noon of that day. */
    Happenings recordedOn(String day) {
        recorded = LocalDate.parse(day).atTime(12, 0).atZone(Moment.ZONE).toInstant();
        return this;
    }

    /** An act upon the record of that name, by the police where the kind is theirs. */
    Happenings act(String day, String kind, String act, String... participants) {
        return upon(day, kind, kind, act, "", participants);
    }

    /** @param facts {@code code=value}, several apart by commas, or nothing */
    Happenings upon(String day, String kind, String record, String act, String facts, String... participants) {
        return by(owner(kind), addressee(kind), day, kind, record, act, facts, participants);
    }

    /** The same upon a record of that owner, that lies with that addressee. */
    Happenings by(
            String owner,
            String addressee,
            String day,
            String kind,
            String record,
            String act,
            String facts,
            String... participants) {
        Map<String, String> attributes = Stream.of(facts.split(","))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.toMap(fact -> fact.split("=")[0], fact -> fact.split("=")[1]));
        boolean takes =
                facts.endsWith("DETENTION") && act.equals("execute") || kind.equals("arrest") && act.equals("execute");
        boolean frees = facts.endsWith("BAIL") && act.equals("execute");
        events.add(new CaseEvent(
                MATTER,
                id(record),
                events.size() + 1,
                filing,
                kind,
                attributes,
                act,
                reached,
                Moment.of(LocalDate.parse(day)),
                recorded,
                owner,
                List.of(addressee),
                Stream.of(participants).map(Happenings::id).collect(Collectors.toSet()),
                takes ? Set.of("CUSTODY") : Set.of(),
                frees ? Set.of("CUSTODY") : Set.of()));
        reached = "";
        return this;
    }

    Happenings order(String day, Deadline deadline, DeadlineOrder order, String code) {
        events.add(new CaseEvent(
                MATTER,
                deadline.record(),
                0,
                deadline.filing(),
                CaseEvent.ORDER_KIND,
                code.isEmpty()
                        ? Map.of(CaseEvent.ORDERED, deadline.id().toString())
                        : Map.of(CaseEvent.ORDERED, deadline.id().toString(), CaseEvent.CODE, code),
                order.act(),
                "",
                Moment.of(LocalDate.parse(day)),
                null,
                "POLICE",
                List.of(),
                Set.of(),
                Set.of(),
                Set.of()));
        return this;
    }

    List<CaseEvent> events() {
        return events;
    }

    private static String addressee(String kind) {
        return kind.equals("prosecution") || kind.equals("supervision") ? "POLICE" : "PROC";
    }

    private static String owner(String kind) {
        return switch (kind) {
            case "prosecution", "supervision" -> "PROC";
            case "judgment", "enforcement" -> "COURT";
            case "penalty" -> "MSA";
            default -> "POLICE";
        };
    }
}
