package org.xietong.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.matter.Precision;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * How a record of the past 补录 came to the state that its draft claims: a way through the lifecycle, whose acts find what they
 * demand in the draft. A live record has no past: it begins in the first state.
 *
 * @param acts from the first state to {@code state}, in order; none where it is the first
 */
record Backfill<C extends Content>(String state, List<Act> acts) {
    /** Lifecycles are small; one with more ways than this is not searched further. */
    private static final int MOST_WAYS = 10_000;

    /** @throws ProblemException INVALID_CONTENT for a state that no way leads to, or for what is missing on the shortest */
    static <C extends Content> Backfill<C> of(Draft<C> draft, Instant now) {
        Lifecycle lifecycle = draft.content().lifecycle();
        String state = draft.state() == null ? lifecycle.initial() : draft.state();
        if (draft.origin() != Origin.BACKFILL) {
            refuse(state.equals(lifecycle.initial()) ? List.of() : List.of(new FieldFault("/state", "BACKFILL_ONLY")));
            return new Backfill<>(state, List.of());
        }
        refuse(whenFaults(draft, now));
        List<List<Act>> ways = ways(lifecycle, state);
        if (ways.isEmpty()) {
            refuse(List.of(new FieldFault("/state", "NOT_IN_LIFECYCLE")));
        }
        ways = ways.stream().filter(way -> isOwn(draft.content(), way)).toList();
        if (ways.isEmpty()) {
            refuse(List.of(new FieldFault("/state", "NOT_ALLOWED")));
        }
        Optional<List<Act>> open =
                ways.stream().filter(way -> missing(draft, way).isEmpty()).findFirst();
        refuse(open.isPresent() ? List.of() : missing(draft, ways.getFirst()));
        List<Act> way = open.orElseThrow();
        return new Backfill<>(state, way);
    }

    /**
     * What happens in a live filing is live: acts of others are theirs to take there, and nobody states them in their place.
     *
     * @throws ProblemException INVALID_CONTENT
     */
    void requirePast(Optional<RecordRow> filing) {
        if (isLive(filing) && acts.stream().anyMatch(act -> act.actor() != Act.Actor.OWNER)) {
            refuse(List.of(new FieldFault("/filing", "LIVE")));
        }
    }

    private static boolean isLive(Optional<RecordRow> filing) {
        return filing.filter(row -> row.origin() == Origin.LIVE).isPresent();
    }

    /** What is told to the clocks as if it had been done here on its day: in a live filing everything, else nothing. */
    List<Act> measured(Content content, Optional<RecordRow> filing) {
        return isLive(filing) ? ownersActs(content) : List.of();
    }

    /**
     * Acts that the owner himself took, and has to answer for: those on the way, and beside it those between the same states that
     * set milestones, as far as the content tells that they concerned somebody: one suspect was indicted, another was not.
     */
    List<Act> ownersActs(Content content) {
        Set<String> passed = new HashSet<>(Set.of(content.lifecycle().initial()));
        acts.forEach(act -> passed.add(act.to()));
        Stream<Act> beside = acts.isEmpty()
                ? Stream.of()
                : content.lifecycle().acts().stream()
                        .filter(act -> !acts.contains(act) && !act.sets().isEmpty())
                        .filter(act -> passed.contains(act.to()) && !Collections.disjoint(passed, act.from()))
                        .filter(act -> !content.reached(act).isEmpty());
        return Stream.concat(acts.stream(), beside)
                .filter(act -> act.actor() == Act.Actor.OWNER)
                .toList();
    }

    /**
     * Where a packet leaves by what another unit signed ({@link Content#goesAlong}), that unit's own version says so, and no draft does in
     * its place.
     */
    private static boolean isOwn(Content content, List<Act> way) {
        return content.goesAlong(Content.Outward.SENT).isEmpty()
                || way.stream().allMatch(act -> act.actor() == Act.Actor.OWNER);
    }

    private static List<FieldFault> whenFaults(Draft<?> draft, Instant now) {
        if (draft.occurred() == null) {
            return List.of(new FieldFault("/occurred", "REQUIRED"));
        }
        boolean future = draft.occurred().precision() != Precision.UNKNOWN
                && draft.occurred().time() != null
                && draft.occurred().time().toInstant().isAfter(now);
        return future ? List.of(new FieldFault("/occurred/time", "FUTURE")) : List.of();
    }

    /** Every way that passes no state twice, the shortest first. */
    private static List<List<Act>> ways(Lifecycle lifecycle, String state) {
        List<List<Act>> found = new ArrayList<>();
        Deque<List<Act>> open = new ArrayDeque<>(List.of(List.of()));
        for (int tried = 0; !open.isEmpty() && tried < MOST_WAYS; tried++) {
            List<Act> way = open.poll();
            String at = way.isEmpty() ? lifecycle.initial() : way.getLast().to();
            if (at.equals(state)) {
                found.add(way);
                continue;
            }
            Set<String> passed = new HashSet<>(Set.of(lifecycle.initial()));
            way.forEach(act -> passed.add(act.to()));
            for (Act act : lifecycle.possibleIn(at)) {
                if (!passed.contains(act.to())) {
                    List<Act> longer = new ArrayList<>(way);
                    longer.add(act);
                    open.add(List.copyOf(longer));
                }
            }
        }
        return found;
    }

    private static List<FieldFault> missing(Draft<?> draft, List<Act> way) {
        Set<FieldFault> faults = new LinkedHashSet<>();
        for (Act act : way) {
            faults.addAll(DraftReader.missing(draft.content(), act.fields()));
            for (Act.Need need : act.needs()) {
                String field = demanded(need, draft);
                if (field != null) {
                    faults.add(new FieldFault(field, "REQUIRED"));
                }
            }
        }
        return List.copyOf(faults);
    }

    /** The words of a past act stay in its file; its paper and whom it reached are part of the record. */
    private static @Nullable String demanded(Act.Need need, Draft<?> draft) {
        return switch (need) {
            case DOCUMENT_NUMBER -> draft.documentNumber() == null ? "/documentNumber" : null;
            case ADDRESSEES -> draft.addressees() == null || draft.addressees().isEmpty() ? "/addressees" : null;
            case TEXT, OCCURRED, PAPERS -> null;
        };
    }

    /** The content after all acts: what the draft states stands, and they decide what it leaves open. */
    @SuppressWarnings("unchecked") // a content after an act is of its own type
    C follow(C identified, Draft<?> draft, String unit) {
        @Nullable
        LocalDate on = draft.occurred() == null ? null : draft.occurred().day().orElse(null);
        List<String> to = draft.addressees() == null ? List.of() : draft.addressees();
        Content at = identified;
        for (Act act : acts) {
            at = at.after(
                    new Done(act, at.open(act), draft.documentNumber(), null, null, to, null, List.of(), unit, on));
        }
        return (C) at;
    }

    private static void refuse(List<FieldFault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }
}
