package org.xietong.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Base64;
import org.xietong.crypto.Digests;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Precondition;

/**
 * Entity tags (RFC 9110 §8.8.3): a digest of exactly what this viewer sees, so that a change of what is hidden from him
 * changes no tag (I4).
 */
@ApplicationScoped
public class ETags {
    private final ObjectMapper json;

    ETags(ObjectMapper json) {
        this.json = json;
    }

    static String of(byte[] body) {
        byte[] digest = Arrays.copyOf(Digests.sha256(body), 16);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    }

    /** The request's If-Match, or no condition where it has none. */
    public Precondition precondition(Exchange exchange) {
        return exchange.header(ExchangeHeaders.IF_MATCH).map(this::matching).orElse(Precondition.NONE);
    }

    private Precondition matching(String ifMatch) {
        return current -> {
            try {
                String tag = of(json.writeValueAsBytes(current));
                boolean matches = Arrays.stream(ifMatch.split(","))
                        .map(String::strip)
                        .anyMatch(stated -> stated.equals(tag) || stated.equals("*"));
                if (!matches) {
                    throw new ProblemException(ProblemType.PRECONDITION_FAILED);
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a view could not be written");
            }
        };
    }
}
