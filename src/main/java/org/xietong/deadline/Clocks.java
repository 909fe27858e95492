package org.xietong.deadline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a matter, worked out anew from everything that happened in it: a pure function, so that a rule or a holiday that is
 * corrected corrects the deadlines too, and no order of recording can leave a clock running that was fulfilled before.
 *
 * @param rules in force
 * @param counting of days
 */
record Clocks(RuleBook rules, DayCounting counting) {

    /** The matter's deadlines in the order in which they started. */
    List<Deadline> of(Collection<CaseEvent> happened) {
        List<CaseEvent> events = inOrder(happened);
        List<Deadline> all = new ArrayList<>();
        for (Map.Entry<String, List<Rule>> rule : rules.versions().entrySet()) {
            all.addAll(of(rule.getKey(), rule.getValue(), events));
        }
        all.sort(Comparator.comparing((Deadline each) -> each.startedOn().day()).thenComparing(Deadline::id));
        return all;
    }

    /** By day, and on one day as recorded; the acts upon one record in their own order, whatever days were given for them. */
    private static List<CaseEvent> inOrder(Collection<CaseEvent> happened) {
        Map<UUID, LocalDate> latest = new HashMap<>();
        record Placed(LocalDate day, CaseEvent event) {}
        List<Placed> placed = new ArrayList<>();
        for (CaseEvent event : happened) {
            LocalDate day =
                    latest.merge(event.record(), event.at().day(), (one, other) -> one.isAfter(other) ? one : other);
            placed.add(new Placed(day, event));
        }
        placed.sort(Comparator.comparing(Placed::day));
        return placed.stream().map(Placed::event).toList();
    }

    private List<Deadline> of(String id, List<Rule> versions, List<CaseEvent> events) {
        Map<Key, List<Clock>> clocks = new LinkedHashMap<>();
        Set<Key> held = new HashSet<>();
        Set<UUID> barred = new HashSet<>();
        Rule shape = versions.getFirst();
        boolean may = shape.requires() == null;
        for (CaseEvent event : events) {
            hold(held, event);
            if (event.kind().equals(CaseEvent.ORDER_KIND)) {
                clocks.values().stream().flatMap(List::stream).forEach(clock -> clock.order(event));
                continue;
            }
            Set<Key> own = keys(shape.per(), event);
            clocks.forEach((key, ofKey) -> {
                if (!own.contains(key) && key.isReached(shape.per(), event)) {
                    running(ofKey).ifPresent(clock -> clock.step(event));
                }
            });
            for (Key key : own) {
                List<Clock> ofKey = clocks.computeIfAbsent(key, none -> new ArrayList<>());
                step(
                        id,
                        versions,
                        event,
                        key,
                        new Standing(held.contains(key), may && !barred.contains(key.thread())),
                        ofKey);
            }
            if (Rule.anyMatches(shape.unless(), event)) {
                own.forEach(key -> barred.add(key.thread()));
            }
            may |= Rule.anyMatches(shape.requires(), event);
        }
        return clocks.values().stream()
                .flatMap(List::stream)
                .map(Clock::deadline)
                .toList();
    }

    /**
     * @param held whether the participant is in custody
     * @param may whether what the rule requires was done before, and nothing that bars it
     */
    private record Standing(boolean held, boolean may) {}

    private void step(String id, List<Rule> versions, CaseEvent event, Key key, Standing standing, List<Clock> clocks) {
        boolean held = standing.held();
        Optional<Clock> running = running(clocks);
        running.ifPresent(clock -> clock.step(event));
        boolean starts = !event.isPast()
                && standing.may()
                && versions.stream().anyMatch(rule -> Rule.anyMatches(rule.starts(), event));
        if (starts && running.filter(clock -> !clock.isOver()).isEmpty()) {
            Rule rule = rules.inForce(id, event.at().day()).orElse(null);
            if (rule == null && versions.stream().anyMatch(each -> each.concerns(held))
                    || rule != null && Rule.anyMatches(rule.starts(), event) && rule.concerns(held)) {
                Clock clock = new Clock(id, rule, versions.getLast(), event, key, held);
                if (clock.isKnown(event)) {
                    clocks.add(clock);
                }
            }
        }
    }

    private static Optional<Clock> running(List<Clock> clocks) {
        return clocks.isEmpty() || clocks.getLast().isOver() ? Optional.empty() : Optional.of(clocks.getLast());
    }

    /** Who is held: told by the milestone CUSTODY, for each rule alike. */
    private static void hold(Set<Key> held, CaseEvent event) {
        if (event.takes() || event.frees()) {
            Set<Key> concerned = keys(Rule.Per.PARTICIPANT, event);
            if (event.frees()) {
                held.removeAll(concerned);
            }
            if (event.takes()) {
                held.addAll(concerned);
            }
        }
    }

    /**
     * Of what a clock runs.
     *
     * @param origin the record that had it started upon another's filing, each its own
     */
    private record Key(
            UUID thread,
            @Nullable UUID participant,
            @Nullable String unit,
            @Nullable UUID origin) {
        static Key of(UUID thread) {
            return new Key(thread, null, null, null);
        }

        /** Whether an event of another key bears on it: where clocks run for each filing, one of that filing, or one that names none. */
        boolean isReached(Rule.Per per, CaseEvent event) {
            return per == Rule.Per.FILING
                    && !event.isOfOrigin()
                    && (!event.namesFiling() || thread.equals(event.filing()));
        }
    }

    private static Set<Key> keys(Rule.Per per, CaseEvent event) {
        return switch (per) {
            case RECORD -> Set.of(Key.of(event.record()));
            case FILING ->
                Set.of(new Key(
                        event.namesFiling() ? event.filing() : event.matter(),
                        null,
                        null,
                        event.isOfOrigin() ? event.record() : null));
            case MATTER -> Set.of(Key.of(event.matter()));
            case ACT -> Set.of(Key.of(id("", event.record(), event.version(), null)));
            case UNIT -> Set.of(new Key(event.matter(), null, event.owner(), null));
            case PARTICIPANT -> {
                Set<Key> keys = new HashSet<>();
                event.participants().forEach(participant -> keys.add(new Key(event.filing(), participant, null, null)));
                if (keys.isEmpty()) {
                    keys.add(Key.of(event.filing()));
                }
                yield keys;
            }
        };
    }

    /** The same however often it is worked out. */
    static UUID id(String rule, UUID record, int version, @Nullable UUID participant) {
        String name = rule + '|' + record + '|' + version + '|' + participant;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** One clock while it is followed. */
    private final class Clock {
        private final UUID id;
        private final String ruleId;
        private final @Nullable Rule rule;
        private final Rule last;
        private final CaseEvent start;
        private final Key key;
        private final boolean held;
        private List<String> actors;
        private Moment from;
        private CaseEvent begun;
        private final List<DayCounting.Gap> gaps = new ArrayList<>();
        private final List<Rule.Extension> extensions = new ArrayList<>();
        private Rule.@Nullable Variant variant;
        private @Nullable Moment stoodStill;
        private @Nullable Moment over;
        private @Nullable Instant overRecorded;
        private boolean fulfilled;

        /** @param rule none where no version of it was in force; {@code last} then says whose time it would be */
        Clock(String ruleId, @Nullable Rule rule, Rule last, CaseEvent start, Key key, boolean held) {
            this.ruleId = ruleId;
            this.rule = rule;
            this.last = last;
            this.start = start;
            this.key = key;
            this.held = held;
            from = start.at();
            begun = start;
            actors = actors(start);
            id = Clocks.id(ruleId, start.record(), start.version(), key.participant());
        }

        boolean isOver() {
            return over != null;
        }

        /** A rule that asks when the event was recorded is fulfilled by it, and asks nothing where nobody noted it. */
        boolean isKnown(CaseEvent event) {
            if (rule == null || !rule.byRecording()) {
                return true;
            }
            fulfilled = true;
            over = event.recorded() == null ? null : Moment.of(event.recorded());
            overRecorded = event.recorded();
            return over != null;
        }

        void step(CaseEvent event) {
            Rule ruling = Objects.requireNonNullElse(rule, last);
            if (!event.isPast() && Rule.anyMatches(ruling.stops(), event)) {
                resume(event.at());
                fulfilled = true;
                end(event);
                return;
            }
            if (Rule.anyMatches(ruling.ends(), event)) {
                end(event);
                return;
            }
            // Whose time it was stays so: who forwards a case late leaves his lateness to nobody else
            if (event.record().equals(start.record())) {
                actors = actors(event);
            }
            if (Rule.anyMatches(ruling.restarts(), event)) {
                restart(event.at());
                begun = event;
            } else if (Rule.anyMatches(ruling.suspends(), event)) {
                suspend(event.at());
            } else if (Rule.anyMatches(ruling.resumes(), event)) {
                resume(event.at());
            }
        }

        void order(CaseEvent event) {
            if (over != null) {
                return;
            }
            if (event.orders("end", id)) {
                end(event);
            } else if (event.orders("fulfil", id)) {
                resume(event.at());
                fulfilled = true;
                end(event);
            } else if (rule == null) {
                return;
            } else if (event.orders("extend", id)) {
                rule.extension(event.code()).ifPresent(extensions::add);
            } else if (event.orders("vary", id)) {
                variant = rule.variant(event.code()).orElse(variant);
            } else if (event.orders("suspend", id)) {
                suspend(event.at());
            } else if (event.orders("resume", id)) {
                resume(event.at());
            } else if (event.orders("restart", id)) {
                restart(event.at());
            }
        }

        private void end(CaseEvent event) {
            over = event.at();
            overRecorded = event.recorded();
        }

        private void restart(Moment at) {
            from = at;
            gaps.clear();
            extensions.clear();
            stoodStill = null;
        }

        /** What has run out stands still no more: its lateness shows. */
        private void suspend(Moment at) {
            DayCounting.@Nullable Due due = due();
            boolean passed = due != null && at.day().isAfter(due.lastDay());
            if (stoodStill == null && !passed) {
                stoodStill = at;
            }
        }

        /** What is resumed as of a day before it stood still never stood still. */
        private void resume(Moment at) {
            if (stoodStill != null && at.isAfter(stoodStill)) {
                gaps.add(new DayCounting.Gap(stoodStill, at));
            }
            stoodStill = null;
        }

        private List<String> actors(CaseEvent event) {
            Rule ruling = rule == null ? last : rule;
            return switch (ruling.actor()) {
                case OWNER -> List.of(event.owner());
                case ADDRESSEE -> event.addressees();
            };
        }

        Deadline deadline() {
            DayCounting.@Nullable Due due = due();
            return new Deadline(
                    id,
                    ruleId,
                    Objects.requireNonNullElse(rule, last).nature() == Rule.Nature.DUTY,
                    start.matter(),
                    start.record(),
                    start.filing(),
                    key.participant(),
                    actors,
                    from,
                    begun.recorded(),
                    due == null ? null : due.lastDay(),
                    due == null ? null : due.end(),
                    due == null || due.certain(),
                    state(due),
                    over,
                    overRecorded,
                    variant == null ? null : variant.code(),
                    extensions.stream().map(Rule.Extension::code).toList());
        }

        private DayCounting.@Nullable Due due() {
            if (rule == null || stoodStill != null && over == null) {
                return null;
            }
            Term limit = variant == null ? rule.limit() : variant.limit();
            List<Term> added = extensions.stream().map(Rule.Extension::limit).toList();
            LocalDate named = named();
            if (named != null && variant == null) {
                return counting.due(from, named, added, gaps);
            }
            return limit == null ? null : counting.due(from, limit, added, gaps, rule.way(held));
        }

        /** The day that the paper names which began it. */
        private @Nullable LocalDate named() {
            String day = rule == null || rule.dueBy() == null
                    ? null
                    : begun.attributes().get(rule.dueBy());
            return day == null ? null : LocalDate.parse(day);
        }

        private Deadline.State state(DayCounting.@Nullable Due due) {
            if (over != null) {
                boolean late = due != null
                        && !(over.instant() == null
                                ? !over.day().isAfter(due.lastDay())
                                : over.instant().isBefore(due.end()));
                // Too long in custody stays so, whatever ended it
                boolean overrun = late && rule != null && rule.custody() == Rule.Custody.ALWAYS;
                return overrun || fulfilled && late
                        ? Deadline.State.MISSED
                        : fulfilled ? Deadline.State.MET : Deadline.State.ENDED;
            }
            if (rule == null) {
                return Deadline.State.NO_RULE;
            }
            return stoodStill == null ? Deadline.State.RUNNING : Deadline.State.SUSPENDED;
        }
    }
}
