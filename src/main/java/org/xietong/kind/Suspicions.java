package org.xietong.kind;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.IdentifierType;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.threshold.Condition;
import org.xietong.threshold.Suspected;
import org.xietong.threshold.Thresholds;

/** What a clue and a penalty share: from which a transfer must be considered (国务院令310号 art. 3). */
final class Suspicions {
    /** 合理嫌疑, marked by an officer with his reason. */
    private static final String SUSPICION = "SUSPICION";

    private static final String REPEAT = "REPEAT";

    private Suspicions() {}

    /** 决定不移送: considered, and not transferred, for reasons that the procuratorate reads; the record stays where it is. */
    static Act notTransfer(String state) {
        return Act.of(Act.NOT_TRANSFER, state, state).needs(Need.TEXT);
    }

    static boolean isMarked(@Nullable List<ClueFlag> flags) {
        return has(flags, SUSPICION);
    }

    /** What else than amounts the thresholds ask for, as far as the content states it. */
    static Set<Condition> conditions(
            @Nullable List<ClueFlag> flags, @Nullable List<Identifier> numbers, @Nullable String crime) {
        EnumSet<Condition> stated = EnumSet.noneOf(Condition.class);
        if (has(flags, REPEAT)) {
            stated.add(Condition.REPEAT);
        }
        if (several(numbers, IdentifierType.TRADEMARK)) {
            stated.add(Condition.TWO_MARKS);
        }
        if (several(numbers, IdentifierType.PATENT)) {
            stated.add(Condition.TWO_PATENTS);
        }
        if ("CL_215".equals(crime)) {
            stated.add(Condition.LABELS);
        }
        return stated;
    }

    /** Whether there may be anything to decide, under the law of whatever day; whether it was decided or transferred already the prompt tells. */
    static boolean prompts(Suspected suspected) {
        return suspected.suspicion() || Thresholds.standard().mayReach(suspected);
    }

    private static boolean has(@Nullable List<ClueFlag> flags, String code) {
        return flags != null && flags.stream().anyMatch(flag -> code.equals(flag.code()));
    }

    private static boolean several(@Nullable List<Identifier> numbers, IdentifierType type) {
        return numbers != null
                && numbers.stream()
                                .filter(number -> number.type() == type)
                                .map(Identifier::value)
                                .distinct()
                                .count()
                        > 1;
    }
}
