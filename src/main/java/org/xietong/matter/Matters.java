package org.xietong.matter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Milestone;
import org.xietong.matter.MatterRepositories.HandoverRepository;
import org.xietong.matter.MatterRepositories.MatterRepository;
import org.xietong.matter.MatterRepositories.MemberRepository;
import org.xietong.matter.MatterRepositories.MilestoneRepository;
import org.xietong.matter.MatterRepositories.ParticipantRepository;

/**
 * The threads of cases. Everything here runs in the caller's transaction; whoever changes a matter holds its lock
 * first, so that sight is computed from facts that stand still.
 */
@ApplicationScoped
public class Matters {
    private final EntityManager entities;
    private final MatterRepository matters;
    private final MemberRepository members;
    private final ParticipantRepository participants;
    private final MilestoneRepository milestones;
    private final HandoverRepository handovers;

    Matters(
            EntityManager entities,
            MatterRepository matters,
            MemberRepository members,
            ParticipantRepository participants,
            MilestoneRepository milestones,
            HandoverRepository handovers) {
        this.entities = entities;
        this.matters = matters;
        this.members = members;
        this.participants = participants;
        this.milestones = milestones;
        this.handovers = handovers;
    }

    /** Opens a matter; the opening unit is its first member, through the record at hand. */
    public UUID open(String unit, UUID throughRecord, Instant at) {
        MatterEntity matter = new MatterEntity();
        matter.id = UUID.randomUUID();
        matter.openedBy = unit;
        matter.openedAt = at;
        matters.persist(matter);
        addMember(matter.id, unit, throughRecord, at, null);
        return matter.id;
    }

    /** Waits for the matter's row lock; false where there is no such matter. */
    public boolean lock(UUID matter) {
        return entities.find(MatterEntity.class, matter, LockModeType.PESSIMISTIC_WRITE) != null;
    }

    public boolean isMember(UUID matter, String unit) {
        return members.count("matter = ?1 and unit = ?2", matter, unit) > 0;
    }

    /**
     * Brings a unit in: it is addressed, or invited. Where conditions ask for a unit of the matter it counts as one for the
     * records of whoever brought it in, and for nobody else's: another's invitation must not open an owner's record (I5).
     */
    public void join(UUID matter, String unit, String by, UUID through, Instant at) {
        Optional<MemberEntity> member = member(matter, unit);
        if (member.isEmpty()) {
            addMember(matter, unit, through, at, new String[] {by});
            return;
        }
        String[] broughtBy = member.get().broughtBy;
        if (broughtBy != null && !List.of(broughtBy).contains(by)) {
            member.get().broughtBy =
                    Stream.concat(Stream.of(broughtBy), Stream.of(by)).toArray(String[]::new);
        }
    }

    /**
     * The matter is the unit's own business: something was handed over to it, or it does a stage of the case. Handing over makes it
     * nobody's own business who was brought in: he could open others' records to himself.
     */
    public void enter(UUID matter, String unit, UUID throughRecord, Instant at) {
        member(matter, unit)
                .ifPresentOrElse(
                        member -> member.broughtBy = null, () -> addMember(matter, unit, throughRecord, at, null));
    }

    /** As {@link #join}, by an invitation; in the store when it returns. */
    public void joinInvited(UUID matter, String unit, String by, UUID invitation, Instant at) {
        join(matter, unit, by, invitation, at);
        entities.flush();
    }

    /** Gives a person or unit, named in a record for the first time, his opaque id in the matter. */
    public UUID introduce(UUID matter, UUID byRecord, Instant at) {
        ParticipantEntity participant = new ParticipantEntity();
        participant.id = UUID.randomUUID();
        participant.matter = matter;
        participant.introducedBy = byRecord;
        participant.introducedAt = at;
        participants.persist(participant);
        return participant.id;
    }

    /** Participants of the matter with the record that introduced each. */
    public List<Introduced> introductions(UUID matter) {
        return participants.find("matter = ?1 order by introducedAt, id", matter).stream()
                .map(p -> new Introduced(p.id, p.introducedBy))
                .toList();
    }

    /** A participant and the record that named him first. */
    public record Introduced(UUID participant, UUID byRecord) {}

    /**
     * Sets a milestone for each participant within a filing; setting twice is once.
     *
     * @param filing the filing, or what stands for one: a clue, a penalty
     * @param record the record whose act sets it
     */
    public void setMilestone(
            UUID matter,
            UUID filing,
            UUID record,
            Collection<UUID> concerned,
            Milestone milestone,
            String unit,
            Instant at) {
        Set<UUID> standing = standing(filing, milestone).map(m -> m.participant).collect(Collectors.toSet());
        for (UUID participant : concerned) {
            if (standing.contains(participant)) {
                continue;
            }
            MilestoneEntity set = new MilestoneEntity();
            set.id = UUID.randomUUID();
            set.matter = matter;
            set.filing = filing;
            set.record = record;
            set.participant = participant;
            set.milestone = milestone;
            set.setBy = unit;
            set.setAt = at;
            milestones.persist(set);
        }
    }

    /**
     * Revokes it in the filing, whichever record had set it; what it had opened closes with it.
     *
     * @param concerned none given means everybody, those too whom only a stage of the filing names
     */
    public void revokeMilestone(
            UUID filing, Optional<Set<UUID>> concerned, Milestone milestone, String unit, Instant at) {
        standing(filing, milestone)
                .filter(m -> concerned.isEmpty() || concerned.get().contains(m.participant))
                .forEach(m -> {
                    m.revokedBy = unit;
                    m.revokedAt = at;
                });
    }

    /** Whether the case is over for one of them: withdrawn against him, or against everybody whom it had been filed against. */
    public boolean isOver(UUID filing, Set<UUID> concerned) {
        List<UUID> withdrawn =
                standing(filing, Milestone.WITHDRAWN).map(m -> m.participant).toList();
        boolean whole = !withdrawn.isEmpty()
                && standing(filing, Milestone.FILED).findAny().isEmpty();
        return whole || withdrawn.stream().anyMatch(concerned::contains);
    }

    /** Notes that a unit handed a record over to another: the receiving unit's records in this matter have a sender. */
    public void handOver(UUID matter, UUID record, String from, String to, Instant at) {
        if (note(matter, record, from, to, at, false)) {
            enter(matter, to, record, at);
        }
    }

    /**
     * Notes that something was asked of a unit: it is in the matter from then on, and counts as a unit of it for nobody's records. Who asks becomes
     * no sender: the store tells such a record by its kind.
     */
    public void ask(UUID matter, UUID record, String from, String to, Instant at) {
        if (note(matter, record, from, to, at, false)) {
            admit(matter, to, record, at);
        }
    }

    /** In the matter, for the records of nobody; one that is in it already is what it was. */
    public void admit(UUID matter, String unit, UUID through, Instant at) {
        if (!isMember(matter, unit)) {
            addMember(matter, unit, through, at, new String[0]);
        }
    }

    /** Notes that a unit got a copy: it makes nobody a sender, and the matter not the unit's own business. */
    public void copy(UUID matter, UUID record, String from, String to, Instant at) {
        if (note(matter, record, from, to, at, true)) {
            join(matter, to, from, record, at);
        }
    }

    private boolean note(UUID matter, UUID record, String from, String to, Instant at, boolean copy) {
        if (handovers.count("matter = ?1 and record = ?2 and toUnit = ?3", matter, record, to) > 0) {
            return false;
        }
        HandoverEntity handover = new HandoverEntity();
        handover.id = UUID.randomUUID();
        handover.matter = matter;
        handover.record = record;
        handover.fromUnit = from;
        handover.toUnit = to;
        handover.handedAt = at;
        handover.copy = copy;
        handovers.persist(handover);
        return true;
    }

    /** Whether any of the records was handed over under a copy: neither that nor the copy is taken back but by an act. */
    public boolean areCopied(Collection<UUID> records) {
        return !records.isEmpty() && handovers.count("record in ?1 and copy", records) > 0;
    }

    /** Units that the record was handed over to; only an act could take that back. */
    public List<String> receivers(UUID record) {
        return handovers.find("record = ?1 order by handedAt, toUnit", record).stream()
                .map(handover -> handover.toUnit)
                .toList();
    }

    private Stream<MilestoneEntity> standing(UUID filing, Milestone milestone) {
        return milestones.find("filing = ?1 and milestone = ?2 and revokedAt is null", filing, milestone).stream();
    }

    private Optional<MemberEntity> member(UUID matter, String unit) {
        return members.find("matter = ?1 and unit = ?2", matter, unit).firstResultOptional();
    }

    private void addMember(UUID matter, String unit, UUID throughRecord, Instant at, String @Nullable [] broughtBy) {
        MemberEntity member = new MemberEntity();
        member.id = UUID.randomUUID();
        member.matter = matter;
        member.unit = unit;
        member.joinedThrough = throughRecord;
        member.joinedAt = at;
        member.broughtBy = broughtBy;
        members.persist(member);
    }
}
