package org.xietong.matter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.IdentifierType.Subject;
import org.xietong.problem.FieldFault;

/** What holds between the participants of one content, and the assignment of their ids. */
public final class Participants {
    private Participants() {}

    /**
     * Participants with the ids that the service assigned, and the resolver for the references beside them.
     *
     * @param ids by {@code ref} and by id; every reference that passed {@link #check} is in it
     */
    public record Identified(List<Participant> participants, Map<String, UUID> ids) {
        /** The id behind a checked reference. */
        public String resolve(String reference) {
            UUID id = ids.get(reference);
            if (id == null) {
                throw new IllegalArgumentException("an unchecked reference");
            }
            return id.toString();
        }
    }

    /** Gives each participant its id ({@code idOf} sees the draft) and resolves {@code represents}. */
    public static Identified identify(List<Participant> drafted, Function<Participant, UUID> idOf) {
        Map<String, UUID> ids = new HashMap<>();
        List<UUID> assigned = new ArrayList<>();
        for (Participant participant : drafted) {
            UUID id = idOf.apply(participant);
            assigned.add(id);
            ids.put(id.toString(), id);
            if (participant.ref() != null) {
                ids.put(participant.ref(), id);
            }
        }
        Identified resolver = new Identified(List.of(), ids);
        List<Participant> identified = new ArrayList<>();
        for (int i = 0; i < drafted.size(); i++) {
            Participant participant = drafted.get(i);
            String represents = participant.represents();
            identified.add(participant.with(assigned.get(i), represents == null ? null : resolver.resolve(represents)));
        }
        return new Identified(List.copyOf(identified), Map.copyOf(ids));
    }

    /** Faults between participants: double references, wrong types of identifier, dangling or circular representation. */
    public static List<FieldFault> check(@Nullable List<Participant> participants, String pointer) {
        List<FieldFault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Participant> all = participants == null ? List.of() : participants;
        for (int i = 0; i < all.size(); i++) {
            Participant participant = all.get(i);
            String at = pointer + "/" + i;
            if (participant.id() != null && !seen.add(participant.id().toString())) {
                faults.add(new FieldFault(at + "/id", "DUPLICATE"));
            }
            if (participant.ref() != null && !seen.add(participant.ref())) {
                faults.add(new FieldFault(at + "/ref", "DUPLICATE"));
            }
            checkIdentifiers(participant, at, faults);
            checkRepresentation(participant, all, at, faults);
        }
        return faults;
    }

    /** The participant of the content whom the reference names, by id or {@code ref}. */
    public static @Nullable Participant find(@Nullable List<Participant> participants, String reference) {
        for (Participant participant : participants == null ? List.<Participant>of() : participants) {
            if (reference.equals(participant.ref())
                    || (participant.id() != null
                            && reference.equals(participant.id().toString()))) {
                return participant;
            }
        }
        return null;
    }

    private static void checkIdentifiers(Participant participant, String at, List<FieldFault> faults) {
        List<Identifier> identifiers = participant.identifiers();
        if (identifiers == null || participant.type() == null) {
            return;
        }
        Subject subject = participant.type() == ParticipantType.UNIT ? Subject.UNIT : Subject.PERSON;
        for (int i = 0; i < identifiers.size(); i++) {
            Identifier identifier = identifiers.get(i);
            if (identifier.type() != null && identifier.type().subject() != subject) {
                faults.add(new FieldFault(at + "/identifiers/" + i + "/type", "NOT_ALLOWED"));
            }
        }
    }

    private static void checkRepresentation(
            Participant participant, List<Participant> all, String at, List<FieldFault> faults) {
        String represents = participant.represents();
        if (represents == null) {
            return;
        }
        Participant represented = find(all, represents);
        if (represented == null) {
            faults.add(new FieldFault(at + "/represents", "UNKNOWN_REFERENCE"));
        } else if (represented.type() != ParticipantType.UNIT || participant.type() != ParticipantType.NATURAL_PERSON) {
            faults.add(new FieldFault(at + "/represents", "NOT_ALLOWED"));
        }
    }
}
