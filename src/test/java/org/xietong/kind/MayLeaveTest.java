package org.xietong.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.kind.Prosecution.ProsecutionSuspect;
import org.xietong.record.Content;

/** In which states of its own lifecycle a kind may leave the system; by hand. */
class MayLeaveTest {
    @Test
    void aTransferToThePoliceNeedsItsHeadsApproval() {
        assertEquals(
                Set.of("APPROVED", "DISPATCHED", "RECEIVED", "PAPERS_ASKED", "DECIDED", "RECONSIDERING", "CLOSED"),
                states(transfer("AGENCY_TO_POLICE")));
    }

    @Test
    void anotherTransferLeavesUntilItIsRecalled() {
        for (String direction : List.of("POLICE_TO_AGENCY", "COURT_TO_POLICE")) {
            assertEquals(
                    Set.of("PREPARED", "DISPATCHED", "RECEIVED", "PAPERS_ASKED", "DECIDED", "RECONSIDERING", "CLOSED"),
                    states(transfer(direction)));
        }
    }

    @Test
    void aProsecutionIsDecidedFirst() {
        assertEquals(Set.of("DECIDED", "CLOSED"), states(prosecution("NOT_PROSECUTED")));
        assertEquals(Set.of(), states(prosecution(null)));
    }

    @Test
    void aJudgmentIsPronouncedAndStands() {
        Content judgment = new Judgment(null, null, null, null, null, null, null, null, null, null, null, null, null);
        assertEquals(Set.of("PRONOUNCED", "APPEALED", "EFFECTIVE"), states(judgment));
    }

    private static Transfer transfer(String direction) {
        return new Transfer(
                direction, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }

    private static Prosecution prosecution(String decision) {
        String who = UUID.randomUUID().toString();
        return new Prosecution(
                null,
                List.of(new ProsecutionSuspect(who, decision, null, null, null, null, null, null)),
                null,
                null,
                null);
    }

    private static Set<String> states(Content content) {
        Set<String> all = new HashSet<>(Set.of(content.lifecycle().initial()));
        content.lifecycle().acts().forEach(act -> all.add(act.to()));
        all.removeIf(state -> !content.mayLeave(state));
        return all;
    }
}
