package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Reading what became of a case that was handed over. A reader is shown what its sender is told only as far as he sees the same
 * himself, at this hour: what was told to another opens nothing (I4).
 */
@ApplicationScoped
public class FeedbackReading {
    private final Lookup lookup;
    private final RecordViews views;
    private final Progress progress;
    private final FeedbackRows given;

    FeedbackReading(Lookup lookup, RecordViews views, Progress progress, FeedbackRows given) {
        this.lookup = lookup;
        this.views = views;
        this.progress = progress;
        this.given = given;
    }

    /**
     * A page of it.
     *
     * @throws ProblemException NOT_FOUND; VIEW_TOO_LOW who sees no more than that the case was handed over; INVALID_CURSOR
     */
    public <C extends Content> FeedbackPage page(
            Caller caller, Trace trace, Kind<C> kind, UUID id, Optional<String> after, int limit) {
        Seen<C> seen = lookup.require(caller, trace, kind, id).standing();
        if (!seen.permitted().view().shows(View.SUMMARY)) {
            throw new ProblemException(ProblemType.VIEW_TOO_LOW);
        }
        Set<UUID> suspects = views.redacted(seen.content(), seen.permitted()).toldOf();
        List<RecordRow> answers = progress.answers(seen.row(), seen.content());
        List<Progress.Drawn<?>> own = progress.draw(Seen.viewer(caller), answers, suspects);
        List<FeedbackLine> mine = Progress.lines(own);
        List<FeedbackLine> standing = Progress.lines(progress.draw(Progress.sender(seen.row()), answers, suspects));
        List<FeedbackRows.Row> found = given.page(id, after.map(Cursor::decode).orElse(Cursor.NEWEST), limit + 1);
        List<FeedbackPage.Given> items = found.stream()
                .limit(limit)
                .map(row -> new FeedbackPage.Given(
                        row.id(),
                        RecordViews.shanghai(row.at()),
                        row.byUnit(),
                        row.complete(),
                        within(row.lines(), mine)))
                .toList();
        List<FeedbackLine> now = within(standing, mine);
        Set<UUID> told = Stream.concat(now.stream(), items.stream().flatMap(each -> each.progress().stream()))
                .map(FeedbackLine::recordId)
                .collect(Collectors.toSet());
        own.stream().filter(drawn -> told.contains(drawn.seen().row().id())).forEach(drawn -> mention(trace, drawn));
        @Nullable
        String next = found.size() <= limit
                ? null
                : new Cursor(found.get(limit - 1).at(), found.get(limit - 1).id()).encode();
        return new FeedbackPage(now, items, next);
    }

    private static List<FeedbackLine> within(List<FeedbackLine> told, List<FeedbackLine> mine) {
        return told.stream().flatMap(line -> line.within(mine).stream()).toList();
    }

    private <C extends Content> void mention(Trace trace, Progress.Drawn<C> drawn) {
        views.outcomes(trace, drawn.kind(), drawn.seen(), drawn.told());
    }
}
