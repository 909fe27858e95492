package org.xietong.witness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a witness says about its logs to whoever watches it. */
final class WitnessReport {
    private WitnessReport() {}

    /**
     * JSON: {@code status} UP or DOWN; {@code keyFiles} IN_USE, or REFUSED while those that lie there cannot be used, which is no
     * reason for DOWN, since who restarted the witness for it would stop it; per log its size, alarm and findings; and what was refused.
     */
    static String health(Collection<LogWatch> watches, WitnessKeys keys, Map<Refusal, AtomicLong> refused) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("status", watches.stream().anyMatch(LogWatch::isAlarmed) ? "DOWN" : "UP");
        report.put("keyFiles", keys.refusal().isPresent() ? "REFUSED" : "IN_USE");
        ArrayNode logs = report.putArray("logs");
        for (LogWatch watch : watches) {
            ObjectNode log = logs.addObject();
            log.put("origin", watch.log().origin());
            log.put("size", size(watch));
            log.put("alarm", watch.isAlarmed());
            log.put("failedLooks", watch.failedLooks());
            for (Finding.Kind kind : Finding.Kind.values()) {
                log.put(name(kind), watch.found(kind));
            }
        }
        ObjectNode refusals = report.putObject("refused");
        refused.forEach((why, count) -> refusals.put(name(why), count.get()));
        return report.toString();
    }

    /** In the form that Prometheus reads. */
    static String metrics(Collection<LogWatch> watches, WitnessKeys keys, Map<Refusal, AtomicLong> refused) {
        StringBuilder text = new StringBuilder("# TYPE xietong_witness_keys_refused gauge\n");
        text.append("xietong_witness_keys_refused %d\n".formatted(keys.refusal().isPresent() ? 1 : 0));
        text.append("# TYPE xietong_witness_size gauge\n");
        watches.forEach(watch -> line(text, "size", watch, "", size(watch)));
        text.append("# TYPE xietong_witness_alarm gauge\n");
        watches.forEach(watch -> line(text, "alarm", watch, "", watch.isAlarmed() ? 1 : 0));
        text.append("# TYPE xietong_witness_failed_looks_total counter\n");
        watches.forEach(watch -> line(text, "failed_looks_total", watch, "", watch.failedLooks()));
        text.append("# TYPE xietong_witness_findings_total counter\n");
        for (LogWatch watch : watches) {
            for (Finding.Kind kind : Finding.Kind.values()) {
                line(text, "findings_total", watch, ",kind=\"" + kind + '"', watch.found(kind));
            }
        }
        text.append("# TYPE xietong_witness_refused_total counter\n");
        refused.forEach((why, count) ->
                text.append("xietong_witness_refused_total{reason=\"%s\"} %d\n".formatted(name(why), count.get())));
        return text.toString();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String name, LogWatch watch, String more, long value) {
        String origin = watch.log().origin().replace("\\", "\\\\").replace("\"", "\\\"");
        text.append("xietong_witness_%s{origin=\"%s\"%s} %d\n".formatted(name, origin, more, value));
    }

    private static long size(LogWatch watch) {
        return watch.latest().map(latest -> latest.checkpoint().size()).orElse(0L);
    }
}
