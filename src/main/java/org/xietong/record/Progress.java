package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.policy.Viewer;

/**
 * What became of a case that was handed over 办理进展, as the policy shows it to one viewer: drawn from redacted views alone, so that
 * it tells him nothing that he could not read record by record.
 */
@ApplicationScoped
class Progress {
    /** Records of the matter that are looked through, the newest first. */
    private static final int MOST = 500;

    /** By kind and ids: an order by time would tell of a day that is hidden. */
    private static final Comparator<FeedbackLine> ORDER = Comparator.comparing(FeedbackLine::kind)
            .thenComparing(FeedbackLine::recordId)
            .thenComparing(FeedbackLine::participant, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final RecordRows rows;
    private final Lookup lookup;
    private final RecordViews views;
    private final Kinds kinds;

    Progress(RecordRows rows, Lookup lookup, RecordViews views, Kinds kinds) {
        this.rows = rows;
        this.lookup = lookup;
        this.views = views;
        this.kinds = kinds;
    }

    /** What a viewer is shown of one record, and the lines that this makes. */
    record Drawn<C extends Content>(Kind<C> kind, Seen<C> seen, List<FeedbackLine> lines) {
        /** Of whom the lines tell. */
        Set<UUID> told() {
            return lines.stream()
                    .map(FeedbackLine::participant)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** The unit that handed the case over, as one that reads with an officer and a purpose. */
    static Viewer sender(RecordRow handedOver) {
        return new Viewer(handedOver.ownerUnit(), null, true);
    }

    /**
     * The record that handed the case over, and those of its matter by others that tell what became of it; each viewer then draws from them.
     *
     * @param content of the record
     */
    List<RecordRow> answers(RecordRow handedOver, Content content) {
        return rows.ofOthers(handedOver, MOST).stream()
                .filter(row -> row.id().equals(handedOver.id())
                        || content.isAnsweredBy(row.kind(), row.attributes(), row.ownerUnit()))
                .toList();
    }

    /** @param suspects whom to tell of; of others there is no line */
    List<Drawn<?>> draw(Viewer viewer, List<RecordRow> answers, Set<UUID> suspects) {
        return answers.stream()
                .<Drawn<?>>mapMulti((row, each) ->
                        drawn(viewer, kinds.byCode(row.kind()), row, suspects).ifPresent(each))
                .toList();
    }

    private <C extends Content> Optional<Drawn<C>> drawn(
            Viewer viewer, Kind<C> kind, RecordRow row, Set<UUID> suspects) {
        return lookup.look(viewer, kind, row).map(seen -> new Drawn<>(kind, seen, lines(seen, suspects)));
    }

    /** The record's own line, and one for each suspect whom its redacted view names, or whom alone it can be about. */
    private <C extends Content> List<FeedbackLine> lines(Seen<C> seen, Set<UUID> suspects) {
        C shown = views.redacted(seen.content(), seen.permitted());
        RecordRow row = seen.row();
        @Nullable String state = seen.permitted().showsCommon() ? row.state() : null;
        boolean all = state != null && shown.settlesAll(state);
        Set<UUID> settled = new HashSet<>(state == null ? Set.of() : shown.settled(state));
        if (all && suspects.size() == 1) {
            settled.addAll(suspects);
        }
        Map<UUID, String> outcomes = shown.outcomes();
        List<FeedbackLine> lines = new ArrayList<>();
        boolean whole = suspects.isEmpty() && (all || !settled.isEmpty());
        lines.add(new FeedbackLine(row.kind(), row.id(), state, null, null, shown.goodsState(), whole));
        suspects.stream()
                .filter(suspect -> outcomes.containsKey(suspect) || settled.contains(suspect))
                .map(suspect -> new FeedbackLine(
                        row.kind(), row.id(), state, suspect, outcomes.get(suspect), null, settled.contains(suspect)))
                .forEach(lines::add);
        return lines;
    }

    /** The lines in their order on the wire. */
    static List<FeedbackLine> lines(List<Drawn<?>> drawn) {
        return drawn.stream()
                .flatMap(each -> each.lines().stream())
                .sorted(ORDER)
                .toList();
    }

    /** Whether nothing is left to be told: the case has ended for every suspect; where none is named, for anybody. */
    static boolean isComplete(List<FeedbackLine> lines, Set<UUID> suspects) {
        Set<UUID> open = new HashSet<>(suspects);
        lines.stream()
                .filter(FeedbackLine::settled)
                .map(FeedbackLine::participant)
                .forEach(open::remove);
        return suspects.isEmpty() ? lines.stream().anyMatch(FeedbackLine::settled) : open.isEmpty();
    }
}
