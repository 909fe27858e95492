package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.xietong.matter.Matters;

/** What goes along with an act: the sender's own record that a hand-over came of moves as far as its lifecycle lets it. */
@ApplicationScoped
class CarriedActs {
    private final RecordRows rows;
    private final RecordStore store;
    private final Kinds kinds;
    private final StoredJson json;
    private final Matters matters;

    CarriedActs(RecordRows rows, RecordStore store, Kinds kinds, StoredJson json, Matters matters) {
        this.rows = rows;
        this.store = store;
        this.kinds = kinds;
        this.json = json;
        this.matters = matters;
    }

    /**
     * Takes them in the transaction of the act, under the lock of the matter that both are in.
     *
     * @param content after the act, {@code state} its state
     */
    void take(WriteContext context, Content content, Act act, String state) {
        List<Content.Carried> carried = content.carries(act, state);
        if (carried.isEmpty()) {
            return;
        }
        for (RecordRow row : rows.byIds(List.copyOf(content.cameOf()))) {
            // What was handed over by itself goes its own way.
            if (row.erased() == null
                    && !row.quarantined()
                    && matters.receivers(row.id()).isEmpty()) {
                take(context, row, carried);
            }
        }
    }

    private void take(WriteContext context, RecordRow row, List<Content.Carried> carried) {
        Content content = json.read(row.content(), kinds.byCode(row.kind()).contentType());
        String state = row.state();
        for (Content.Carried each : carried) {
            Act act = content.lifecycle().act(each.act(), state).orElse(null);
            if (each.kind().equals(row.kind()) && act != null) {
                store.carry(context, row.id(), act, content);
                state = act.to();
            }
        }
    }
}
