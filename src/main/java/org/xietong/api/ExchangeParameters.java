package org.xietong.api;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.agency.Role;
import org.xietong.exchange.ExchangeReading;
import org.xietong.label.Level;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.ledger.Outcome;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** What a list of exchanges can be narrowed by. Rule, level and participant are an auditor's filters: to others they are not shown. */
public class ExchangeParameters {
    @QueryParam("scope")
    @Nullable
    String scope;

    @QueryParam("agency")
    @Nullable
    String agency;

    @QueryParam("system")
    @Nullable
    String system;

    @QueryParam("officer")
    @Nullable
    String officer;

    @QueryParam("recordId")
    @Nullable
    String recordId;

    @QueryParam("matterId")
    @Nullable
    String matterId;

    @QueryParam("participantId")
    @Nullable
    String participantId;

    @QueryParam("level")
    @Nullable
    String level;

    @QueryParam("kind")
    @Nullable
    String kind;

    @QueryParam("outcome")
    @Nullable
    String outcome;

    @QueryParam("rule")
    @Nullable
    String rule;

    @QueryParam("from")
    @Nullable
    String from;

    @QueryParam("until")
    @Nullable
    String until;

    @QueryParam("after")
    @Nullable
    String after;

    @QueryParam("limit")
    @Nullable
    String limit;

    /** OWN where nothing is asked for, ALL for an auditor. Others filter by what their rows show only (I4). */
    ExchangeReading.Scope scope(Caller caller) {
        boolean auditor = caller.roles().contains(Role.AUDITOR);
        ExchangeReading.Scope asked = scope == null
                ? auditor ? ExchangeReading.Scope.ALL : ExchangeReading.Scope.OWN
                : constant("scope", ExchangeReading.Scope.class, scope);
        boolean auditorsFilter = asked != ExchangeReading.Scope.ALL && (participantId != null || level != null);
        boolean hiddenFilter = auditorsFilter
                || asked == ExchangeReading.Scope.OWN && (rule != null || recordId != null || matterId != null)
                || asked == ExchangeReading.Scope.RECORDS && (rule != null || officer != null || system != null);
        if (hiddenFilter) {
            throw fault("scope", "FILTER_NOT_ALLOWED");
        }
        return asked;
    }

    /** @throws ProblemException INVALID_QUERY where a table of all that the filter finds is narrowed to a page */
    void requireWhole() {
        for (Map.Entry<String, Optional<String>> page : Map.of(
                        "scope", Optional.ofNullable(scope),
                        "after", Optional.ofNullable(after),
                        "limit", Optional.ofNullable(limit))
                .entrySet()) {
            if (page.getValue().isPresent()) {
                throw fault(page.getKey(), "NOT_ALLOWED");
            }
        }
    }

    ExchangeFilter filter() {
        return new ExchangeFilter(
                agency,
                system,
                officer,
                id("recordId", recordId),
                id("matterId", matterId),
                id("participantId", participantId),
                kind,
                level == null ? null : constant("level", Level.class, level).name(),
                outcome == null ? null : constant("outcome", Outcome.class, outcome),
                rule,
                time("from", from),
                time("until", until));
    }

    private static @Nullable UUID id(String name, @Nullable String text) {
        return text == null ? null : Ids.parse(name, text);
    }

    static @Nullable Instant time(String name, @Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw fault(name, "FORMAT");
        }
    }

    private static <E extends Enum<E>> E constant(String name, Class<E> type, String text) {
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst();
        return found.orElseThrow(() -> fault(name, "UNKNOWN_CODE"));
    }

    private static ProblemException fault(String name, String rule) {
        return new ProblemException(ProblemType.INVALID_QUERY, new FieldFault(name, rule));
    }
}
