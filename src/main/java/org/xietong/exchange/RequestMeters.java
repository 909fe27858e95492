package org.xietong.exchange;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Keeps what callers wrote out of the metrics (I4). A matched request is counted under its template; one refused before a
 * method was found would be counted under its own path, which may hold a case system's own number.
 */
class RequestMeters {
    /** Any other is a word that the caller made up. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    private static final Set<String> BEFORE_A_MATCH = Set.of("400", "405", "406", "413", "414", "415", "431");

    @Produces
    @Singleton
    MeterFilter withoutUnmatchedPaths() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                boolean unmatched = id.getTag("uri") != null
                        && (BEFORE_A_MATCH.contains(String.valueOf(id.getTag("status")))
                                || "OPTIONS".equals(id.getTag("method")));
                boolean strange = id.getTag("method") != null && !METHODS.contains(id.getTag("method"));
                return unmatched || strange ? id.replaceTags(without(id.getTags())) : id;
            }
        };
    }

    private static List<Tag> without(List<Tag> tags) {
        return tags.stream()
                .map(tag -> switch (tag.getKey()) {
                    case "uri" -> Tag.of("uri", "UNMATCHED");
                    case "method" -> METHODS.contains(tag.getValue()) ? tag : Tag.of("method", "OTHER");
                    default -> tag;
                })
                .toList();
    }
}
