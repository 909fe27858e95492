package org.xietong.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.xietong.agency.Directory;
import org.xietong.agency.DirectorySnapshot;
import org.xietong.agency.Officer;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Jcs;
import org.xietong.label.Level;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Trace;
import org.xietong.record.WriteContext;
import org.xietong.record.Written;

/**
 * A receiving agency says which of its officers read a disclosure. Its word, not our knowledge; it speaks of what was delivered to
 * its own system alone, and another's exchange fails like one that does not exist (I4).
 */
@ApplicationScoped
public class Readings {
    private final ReadingRows rows;
    private final Directory directory;

    Readings(ReadingRows rows, Directory directory) {
        this.rows = rows;
        this.directory = directory;
    }

    /** Keeps the report. What was reported before is not reported again. */
    public Written report(WriteContext context, ReadingsDraft draft) {
        List<ReadingsDraft.Reading> readings = Objects.requireNonNull(draft.items());
        Set<UUID> exchanges = readings.stream()
                .map(reading -> Objects.requireNonNull(reading.exchangeId()))
                .collect(Collectors.toSet());
        Map<UUID, ReadingRows.Delivered> delivered =
                rows.delivered(context.caller().system(), exchanges);
        List<FieldFault> faults = new ArrayList<>();
        List<ReadingRows.Row> kept = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            check(context, "/items/" + i, readings.get(i), delivered, faults);
            for (UUID record : Objects.requireNonNull(readings.get(i).recordIds())) {
                kept.add(row(readings.get(i), record));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
        UUID report = UUID.randomUUID();
        rows.add(report, context.at(), kept);
        context.trace().decided("OWN_DELIVERY", "-");
        context.trace().concerns(Written.Kind.READING.name());
        context.trace()
                .changed(new Trace.Changed(
                        report,
                        Written.Kind.READING.name(),
                        1,
                        null,
                        context.caller().unit(),
                        "report",
                        Level.INTERNAL,
                        digest(kept)));
        return Written.of(Written.Kind.READING, report);
    }

    private void check(
            WriteContext context,
            String at,
            ReadingsDraft.Reading reading,
            Map<UUID, ReadingRows.Delivered> delivered,
            List<FieldFault> faults) {
        if (!isOfUnit(context.caller().unit(), Objects.requireNonNull(reading.officer()))) {
            faults.add(new FieldFault(at + "/officer", "UNKNOWN_OFFICER"));
        }
        Optional<ReadingRows.Delivered> exchange = Optional.ofNullable(delivered.get(reading.exchangeId()));
        if (exchange.isEmpty()) {
            faults.add(new FieldFault(at + "/exchangeId", "UNKNOWN"));
            return;
        }
        ReadingRows.Row row = row(reading, new UUID(0, 0));
        if (row.at().isBefore(exchange.get().time()) || row.at().isAfter(context.at())) {
            faults.add(new FieldFault(at + "/at", "RANGE"));
        }
        List<UUID> records = Objects.requireNonNull(reading.recordIds());
        for (int i = 0; i < records.size(); i++) {
            if (!exchange.get().records().contains(records.get(i))) {
                faults.add(new FieldFault(at + "/recordIds/" + i, "UNKNOWN"));
            }
        }
    }

    /** Whether he is active now does not matter: he may have read it before he left. */
    private boolean isOfUnit(String unit, String officer) {
        DirectorySnapshot register = directory.current();
        return register.officer(officer).map(Officer::unit).filter(unit::equals).isPresent();
    }

    private static ReadingRows.Row row(ReadingsDraft.Reading reading, UUID record) {
        return new ReadingRows.Row(
                Objects.requireNonNull(reading.exchangeId()),
                record,
                Objects.requireNonNull(reading.officer()),
                Objects.requireNonNull(reading.at()).toInstant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static String digest(List<ReadingRows.Row> rows) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> all.addObject()
                .put("exchangeId", row.exchange().toString())
                .put("recordId", row.record().toString())
                .put("officer", row.officer())
                .put("at", row.at().toString()));
        return Digests.hex(Digests.sha256(Jcs.canonical(all)));
    }
}
