package org.xietong.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is searched by. Erasable, and no evidence: the entry and its parts are.
 *
 * @param unit the caller's
 * @param kind what the exchange was about, if about one kind of thing
 * @param rule the rule that permitted or denied, never empty (I8)
 * @param status HTTP status of the answer
 * @param level the highest level of what was touched, by its name; none where nothing was
 * @param touched each subject once per direction; equal ones are taken together
 */
public record ExchangeIndex(
        String unit,
        String system,
        @Nullable String officer,
        String operation,
        @Nullable String kind,
        Outcome outcome,
        String rule,
        int status,
        @Nullable String level,
        List<Touched> touched) {

    public ExchangeIndex {
        touched = List.copyOf(new LinkedHashSet<>(touched));
    }
}
