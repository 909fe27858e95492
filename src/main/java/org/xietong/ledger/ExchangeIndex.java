package org.xietong.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
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
 * @param named what an exchange that touched nothing is found by, where what it named is erased: ids, and marks of keys. Empty for all
 *     that is found by what it touched
 * @param bulk one mark for all exchanges that came with one signed body; none for one that came alone
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
        List<Touched> touched,
        List<UUID> named,
        @Nullable UUID bulk) {

    public ExchangeIndex {
        touched = List.copyOf(new LinkedHashSet<>(touched));
        named = List.copyOf(new LinkedHashSet<>(named));
    }

    /** One that came alone and is found by what it touched. */
    public ExchangeIndex(
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
        this(unit, system, officer, operation, kind, outcome, rule, status, level, touched, List.of(), null);
    }
}
