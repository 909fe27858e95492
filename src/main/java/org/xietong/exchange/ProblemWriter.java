package org.xietong.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.Problem;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Writes RFC 9457 problems, the title in the language asked for; Chinese where none is. */
@ApplicationScoped
class ProblemWriter {
    static final String MEDIA_TYPE = "application/problem+json";

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    byte[] write(ProblemException thrown, Optional<Exchange> exchange, @Nullable String acceptLanguage) {
        ProblemType type = thrown.type();
        Problem problem = new Problem(
                type.uri(),
                english(acceptLanguage) ? type.en() : type.zh(),
                type.status(),
                type.name(),
                exchange.filter(Exchange::isAuthenticated).map(Exchange::id).orElse(null),
                type.retryable(),
                thrown.faults().isEmpty() ? null : thrown.faults());
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem could not be written");
        }
    }

    /** RFC 9110 §12.5.4, as far as two languages need it. */
    private static boolean english(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > 256) {
            return false;
        }
        try {
            return "en"
                    .equals(Locale.lookupTag(
                            Locale.LanguageRange.parse(acceptLanguage), java.util.List.of("zh", "en")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
