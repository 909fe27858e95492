package org.xietong.record;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Conforms;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.PaperNumber;
import org.xietong.identifier.Reading;
import org.xietong.matter.OfStated;
import org.xietong.matter.Participant;
import org.xietong.matter.Participants;
import org.xietong.problem.FieldFault;

/** What every kind's content needs alike, told by the types and annotations of its components. */
final class Contents {
    private static final String PARTICIPANT = "participant";

    private Contents() {}

    /** The content with its participants' ids, every element's {@code participant} resolved to one of them. */
    @SuppressWarnings("unchecked") // a copy is of the same type
    static <C extends Content> C identified(C content, Participants.Identified identified) {
        return (C) Components.map(
                (Object) content,
                (component, value) -> isParticipants(component, value)
                        ? identified.participants()
                        : each(value, element -> resolved(element, identified)));
    }

    /** Participants, identifiers and numbers that pass their check in their normal form. */
    @SuppressWarnings("unchecked") // a copy is of the same type
    static <C extends Content> C normalised(C content) {
        return (C) Components.map((Object) content, Contents::normal);
    }

    /** Faults of participants among themselves, and elements that name none of them or one twice. */
    static List<FieldFault> references(Content content) {
        List<FieldFault> faults = new ArrayList<>(Participants.check(content.participants(), "/participants"));
        for (RecordComponent component : Components.of(content.getClass()).all()) {
            if (Components.read(component, content) instanceof List<?> elements) {
                check(content, elements, "/" + component.getName(), faults);
            }
        }
        return faults;
    }

    /**
     * What acts have decided stays: a draft omits it or repeats it.
     *
     * @param drafted with ids in place
     * @param before none for a new content
     * @param faults READ_ONLY for everything stated otherwise, with pointers from the content
     */
    @SuppressWarnings("unchecked") // a copy is of the same type
    static <C extends Content> C keep(C drafted, @Nullable C before, List<FieldFault> faults) {
        return (C) Components.map((Object) drafted, (component, value) -> {
            Object stood = before == null ? null : Components.read(component, before);
            String pointer = "/" + component.getName();
            if (component.isAnnotationPresent(ByAct.class)) {
                return kept(value, stood, pointer, faults);
            }
            return value instanceof List<?> || stood instanceof List<?>
                    ? keepElements(elements(value), elements(stood), value, pointer, faults)
                    : value;
        });
    }

    private static @Nullable Object kept(
            @Nullable Object stated, @Nullable Object stood, String pointer, List<FieldFault> faults) {
        if (stated != null && !stated.equals(stood)) {
            faults.add(new FieldFault(pointer, "READ_ONLY"));
        }
        return stood;
    }

    private static @Nullable Object keepElements(
            List<?> stated, List<?> stood, @Nullable Object unchanged, String pointer, List<FieldFault> faults) {
        Map<UUID, Object> decided = stood.stream()
                .filter(Contents::isDecided)
                .collect(Collectors.toMap(element -> ((OfStated) element).participantId(), element -> element));
        if (decided.isEmpty() && stated.stream().noneMatch(Contents::isDecided)) {
            return unchanged;
        }
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < stated.size(); i++) {
            Object element = stated.get(i);
            String at = pointer + "/" + i;
            Object before = element instanceof OfStated of ? decided.remove(of.participantId()) : null;
            kept.add(Components.map(
                    element,
                    (component, value) -> component.isAnnotationPresent(ByAct.class)
                            ? kept(
                                    value,
                                    before == null ? null : Components.read(component, before),
                                    at + "/" + component.getName(),
                                    faults)
                            : value));
        }
        if (!decided.isEmpty()) {
            faults.add(new FieldFault(pointer, "READ_ONLY"));
        }
        return List.copyOf(kept);
    }

    /** Whether an act has decided something in the element. */
    private static boolean isDecided(Object element) {
        return element instanceof OfStated
                && Components.of(element.getClass()).all().stream()
                        .filter(component -> component.isAnnotationPresent(ByAct.class))
                        .anyMatch(component -> Components.read(component, element) != null);
    }

    private static void check(Content content, List<?> elements, String pointer, List<FieldFault> faults) {
        Set<Participant> named = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof OfStated of && of.participant() != null) {
                String at = pointer + "/" + i + "/" + PARTICIPANT;
                Participant participant = Participants.find(content.participants(), of.participant());
                if (participant == null) {
                    faults.add(new FieldFault(at, "UNKNOWN_REFERENCE"));
                } else if (!named.add(participant) && isDecidable(of)) {
                    faults.add(new FieldFault(at, "DUPLICATE"));
                }
            }
        }
    }

    private static boolean isDecidable(Object element) {
        return Components.of(element.getClass()).all().stream()
                .anyMatch(component -> component.isAnnotationPresent(ByAct.class));
    }

    private static Object resolved(Object element, Participants.Identified identified) {
        if (!(element instanceof OfStated of) || of.participant() == null) {
            return element;
        }
        String id = identified.resolve(of.participant());
        return Components.map(element, (component, value) -> component.getName().equals(PARTICIPANT) ? id : value);
    }

    private static @Nullable Object normal(RecordComponent component, @Nullable Object value) {
        if (value instanceof String stated) {
            return normal(component, stated);
        }
        return each(value, element -> switch (element) {
            case Participant participant -> participant.normalised();
            case Identifier identifier -> identifier.normalised();
            case Record part
            when part.getClass().getName().startsWith("org.xietong.") -> Components.map(part, Contents::normal);
            default -> element;
        });
    }

    private static String normal(RecordComponent component, String stated) {
        Conforms conforms = component.getAnnotatedType().getAnnotation(Conforms.class);
        if (conforms == null) {
            return PaperNumbers.NAMES.contains(component.getName()) ? PaperNumber.stored(stated) : stated;
        }
        return conforms.value().read(stated).orElse(null) instanceof Reading.Parsed parsed
                ? parsed.normalised()
                : stated;
    }

    /** A part, or each element of a list, put through the change. */
    private static @Nullable Object each(@Nullable Object value, UnaryOperator<Object> change) {
        if (value instanceof List<?> list) {
            return list.stream().<Object>map(change::apply).toList();
        }
        return value instanceof Record ? change.apply(Objects.requireNonNull(value)) : value;
    }

    private static List<?> elements(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static boolean isParticipants(RecordComponent component, @Nullable Object value) {
        return value != null && component.getName().equals("participants");
    }
}
