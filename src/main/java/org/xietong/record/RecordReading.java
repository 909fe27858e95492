package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.policy.Decision.Permitted;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Reading: one record, a page, a history. Everything that leaves is decided, redacted and traced here. */
@ApplicationScoped
public class RecordReading {
    private final Lookup lookup;
    private final SightPages pages;
    private final SightRows sight;
    private final SightRebuild rebuild;
    private final RecordViews views;
    private final VersionReader versions;
    private final AttachmentRows attachments;
    private final CurrentPolicy policy;

    RecordReading(
            Lookup lookup,
            SightPages pages,
            SightRows sight,
            SightRebuild rebuild,
            RecordViews views,
            VersionReader versions,
            AttachmentRows attachments,
            CurrentPolicy policy) {
        this.lookup = lookup;
        this.pages = pages;
        this.sight = sight;
        this.rebuild = rebuild;
        this.views = views;
        this.versions = versions;
        this.attachments = attachments;
        this.policy = policy;
    }

    /** One record; out of sight and nonexistent are the same 404. */
    public <C extends Content> RecordView<C> read(Caller caller, Trace trace, Kind<C> kind, UUID id) {
        return views.disclose(caller, trace, kind, lookup.require(caller, trace, kind, id));
    }

    /** A page of one kind, newest first, by keyset. */
    public <C extends Content> RecordPage<C> list(Caller caller, Trace trace, Kind<C> kind, RecordQuery query) {
        trace.concerns(kind.code());
        trace.decided("LIST", policy.policies().version());
        SightPages.Page<Seen<C>> page =
                pages.page(caller, Optional.of(kind.code()), query, row -> lookup.look(caller, kind, row));
        RecordViews.Named named = views.named(caller, page.shown());
        List<RecordView<C>> items = page.shown().stream()
                .map(seen -> views.disclose(caller, trace, kind, seen, named))
                .toList();
        return new RecordPage<>(items, page.next().orElse(null), count(caller, kind, query));
    }

    /** None while sight is behind the policy: its rows could count what the caller may not see any more (I4). */
    private @Nullable Long count(Caller caller, Kind<?> kind, RecordQuery query) {
        return query.count() && rebuild.isCurrent()
                ? sight.count(Seen.viewers(caller), Optional.of(kind.code()), query)
                : null;
    }

    /** The record that the calling system knows under its own id, as a page of one or none. */
    public <C extends Content> RecordPage<C> bySource(Caller caller, Trace trace, Kind<C> kind, String sourceRef) {
        trace.concerns(kind.code());
        trace.decided("LIST", policy.policies().version());
        List<RecordView<C>> items = lookup.bySource(caller, trace, kind, sourceRef).stream()
                .map(seen -> views.disclose(caller, trace, kind, seen))
                .toList();
        return new RecordPage<>(items, null, null);
    }

    /** A page of the versions, for who sees the record in full and of everybody whom it concerns; each redacted by what he may see now. */
    public <C extends Content> RecordHistory<C> history(
            Caller caller, Trace trace, Kind<C> kind, UUID id, Optional<String> after, int limit) {
        Seen<C> seen = lookup.require(caller, trace, kind, id);
        if (!seen.permitted().view().shows(View.FULL) || !seen.permitted().concernsEverybody()) {
            throw new ProblemException(ProblemType.VIEW_TOO_LOW);
        }
        views.disclose(caller, trace, kind, seen);
        VersionReader.Page<C> page = versions.page(kind, id, after, limit);
        RecordViews.Named named = views.named(
                caller,
                seen.row(),
                page.versions().stream().map(VersionReader.Version::content).toList());
        return new RecordHistory<>(
                id,
                page.versions().stream().map(v -> entry(caller, v, seen, named)).toList(),
                after.isEmpty() ? withdrawn(caller, seen, limit) : null,
                page.next().orElse(null));
    }

    private @Nullable List<AttachmentView> withdrawn(Caller caller, Seen<?> seen, int limit) {
        if (!AttachmentLookup.isWhole(caller, seen)) {
            return null;
        }
        List<AttachmentView> found = attachments.withdrawn(AttachmentLookup.sight(caller, seen), limit).stream()
                .map(AttachmentRow::view)
                .toList();
        return found.isEmpty() ? null : found;
    }

    private <C extends Content> RecordHistory.Entry<C> entry(
            Caller caller, VersionReader.Version<C> v, Seen<C> seen, RecordViews.Named named) {
        Permitted then = then(v, seen.permitted());
        return new RecordHistory.Entry<>(
                v.version(),
                v.act(),
                v.unit(),
                RecordViews.shanghai(v.at()),
                then.showsCommon() ? v.state() : null,
                actContent(caller, v, seen, named),
                seen.row().erased() == null ? views.redacted(caller, seen.row(), v.content(), then, named) : null,
                v.unit().equals(caller.unit()) || seen.row().ownerUnit().equals(caller.unit()) ? v.exchange() : null);
    }

    /** What may show of a version: of one that concerned others, from whom the record was split since, no more than of them. */
    private static Permitted then(VersionReader.Version<?> v, Permitted now) {
        return now.participants()
                .filter(limit -> !limit.containsAll(Lookup.participants(v.content())))
                .map(limit -> now.limited())
                .orElse(now);
    }

    /**
     * What the act carried. Where milestones alone opened the record, an act is told word for word only if it named nobody but
     * those for whom they stand; where the label closes a field to the reader, not at all: its words may be those of the field.
     */
    private static <C extends Content> @Nullable ActDraft<C> actContent(
            Caller caller, VersionReader.Version<C> v, Seen<C> seen, RecordViews.Named named) {
        if (v.actContent() == null || closesAField(seen)) {
            return null;
        }
        ActDraft<C> act =
                v.unit().equals(caller.unit()) ? v.actContent() : v.actContent().supplying(named.seen());
        if (seen.permitted().participants().isEmpty()) {
            return act;
        }
        List<UUID> persons = act.participants() == null ? List.of() : act.participants();
        return !persons.isEmpty() && persons.stream().allMatch(seen::concerns) ? act : null;
    }

    static boolean closesAField(Seen<?> seen) {
        return seen.facts().label().fields().stream()
                .anyMatch(label ->
                        label.field() != null && seen.permitted().hidden().contains(label.field()));
    }
}
