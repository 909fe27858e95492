package org.xietong.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it goes over the wire (RFC 9457).
 *
 * @param type {@code urn:xietong:problem:<code>}
 * @param code stable; programs decide by it
 * @param exchangeId of the journaled exchange; absent before authentication
 * @param retryable whether the same request may succeed later
 * @param faults which fields break which rules; never a submitted value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        @Nullable UUID exchangeId,
        boolean retryable,
        @Nullable List<FieldFault> faults) {}
