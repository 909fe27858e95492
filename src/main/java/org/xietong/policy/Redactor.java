package org.xietong.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shows of a content what a decision permits. A field is shown if the view reaches it, the rule does not hide it and all its
 * caveats are opened; where only a caveat is wanting, a {@link Maskable} is shown masked and anything else is hidden. Where
 * milestones alone opened the record for some, only what speaks of those is shown, and of the common only what a summary tells:
 * full facts may be anybody's. What is hidden is null. What is masked never depends on the values that stand there. Immutable, thread-safe.
 */
public final class Redactor {
    private final Map<Class<?>, ContentShape> shapes = new LinkedHashMap<>();

    /** @throws PolicyException where a content could not be redacted; the service does not start with it */
    public Redactor(Collection<Class<? extends Record>> contents) {
        for (Class<? extends Record> content : contents) {
            shapes.put(content, ContentShape.of(content));
        }
    }

    /** @throws IllegalArgumentException for a content that was not registered */
    public ContentShape shape(Class<?> content) {
        ContentShape shape = shapes.get(content);
        if (shape == null) {
            throw new IllegalArgumentException(content.getSimpleName() + " is not registered");
        }
        return shape;
    }

    /** The content as the viewer may see it. */
    public <T extends Record> T redact(T content, Decision.Permitted permitted) {
        ContentShape shape = shape(content.getClass());
        @Nullable Object[] values = new @Nullable Object[shape.fields().size()];
        for (int i = 0; i < values.length; i++) {
            ContentShape.Field field = shape.fields().get(i);
            values[i] = show(field, shape.read(field, content), permitted);
        }
        @SuppressWarnings("unchecked") // the shape builds the type that it was made of
        T redacted = (T) shape.build(values);
        return redacted;
    }

    /** The fields that kind and view hide or mask, in order of name; with them what the rule hides of the envelope. */
    public List<String> maskedFields(Class<?> content, Decision.Permitted permitted) {
        Set<String> names = new TreeSet<>(permitted.hidden());
        reasons(content, permitted).forEach(masked -> names.add(masked.field()));
        return List.copyOf(names);
    }

    /** Fields that carry a caveat and are shown unmasked all the same: what an auditor looks for first. */
    public List<String> caveatedFields(Class<?> content, Decision.Permitted permitted) {
        List<String> masked = maskedFields(content, permitted);
        return shape(content).fields().stream()
                .filter(field -> !field.caveats().isEmpty() && !masked.contains(field.name()))
                .map(ContentShape.Field::name)
                .toList();
    }

    /** The same with the reason for each, in the order of the record; the envelope first. */
    public List<Masked> reasons(Class<?> content, Decision.Permitted permitted) {
        ContentShape shape = shape(content);
        List<Masked> reasons = new ArrayList<>();
        permitted.hidden().stream()
                .filter(name -> !shape.names().contains(name))
                .sorted()
                .forEach(name -> reasons.add(new Masked(name, Masked.Reason.RULE, "规则隐去")));
        for (ContentShape.Field field : shape.fields()) {
            Optional<Masked> whole = reason(field, permitted);
            whole.ifPresent(reasons::add);
            field.parts()
                    .filter(parts -> whole.isEmpty() || whole.get().reason() == Masked.Reason.PARTICIPANT)
                    .ifPresent(parts -> parts.fields().stream()
                            .filter(part -> !permitted.view().shows(part.least()))
                            .forEach(part -> reasons.add(new Masked(
                                    field.name() + "/" + part.name(),
                                    Masked.Reason.VIEW,
                                    "须 " + part.least() + " 范围"))));
        }
        return reasons;
    }

    private static Optional<Masked> reason(ContentShape.Field field, Decision.Permitted permitted) {
        String name = field.name();
        if (permitted.hidden().contains(name)) {
            return Optional.of(new Masked(name, Masked.Reason.RULE, "规则隐去"));
        }
        if (!permitted.view().shows(field.least())) {
            return Optional.of(new Masked(name, Masked.Reason.VIEW, "须 " + field.least() + " 范围"));
        }
        Set<?> closed = new TreeSet<>(field.caveats());
        closed.removeAll(permitted.opened());
        if (!closed.isEmpty()) {
            return Optional.of(new Masked(name, Masked.Reason.CAVEAT, "未开放标注 " + closed));
        }
        boolean personal = field.ofParticipant() || field.maskable();
        if (isAnybodys(field, permitted) || permitted.participants().isPresent() && personal) {
            return Optional.of(new Masked(name, Masked.Reason.PARTICIPANT, "仅限已到该节点的参与人"));
        }
        return Optional.empty();
    }

    private static @Nullable Object show(
            ContentShape.Field field, @Nullable Object value, Decision.Permitted permitted) {
        Optional<Decision.Permitted> others = permitted.ofOthers().filter(p -> isShown(field, p));
        if (others.isPresent() && field.ofParticipant() && value instanceof List<?> elements) {
            return beside(field, elements, permitted, others.get());
        }
        if (value == null || !isShown(field, permitted)) {
            return null;
        }
        if (!field.maskable() && !field.ofParticipant() && field.parts().isEmpty()) {
            return value;
        }
        if (value instanceof List<?> elements) {
            return elements.stream()
                    .map(element -> part(field, element, permitted))
                    .filter(Objects::nonNull)
                    .toList();
        }
        return part(field, value, permitted);
    }

    private static boolean isShown(ContentShape.Field field, Decision.Permitted permitted) {
        return !permitted.hidden().contains(field.name())
                && permitted.view().shows(field.least())
                && (permitted.opened().containsAll(field.caveats()) || field.maskable())
                && !isAnybodys(field, permitted);
    }

    /** Told in full and of nobody by name: it may be about those of whom less may show. */
    private static boolean isAnybodys(ContentShape.Field field, Decision.Permitted permitted) {
        return !permitted.showsCommonInFull()
                && field.least() == View.FULL
                && !field.ofParticipant()
                && !field.maskable();
    }

    /** Each element as its participant shows: in the whole view, or in what shows of the others. */
    private static List<Object> beside(
            ContentShape.Field field, List<?> elements, Decision.Permitted permitted, Decision.Permitted others) {
        boolean whole = isShown(field, permitted);
        List<Object> shown = new ArrayList<>();
        for (Object element : elements) {
            boolean concerned = isConcerned(field, element, permitted);
            Object part = !concerned ? part(field, element, others) : whole ? part(field, element, permitted) : null;
            if (part != null) {
                shown.add(part);
            }
        }
        return shown;
    }

    private static @Nullable Object part(
            ContentShape.Field field, @Nullable Object part, Decision.Permitted permitted) {
        if (field.parts().isPresent() && part instanceof Record whole) {
            return isConcerned(field, part, permitted) ? parts(field.parts().get(), whole, permitted) : null;
        }
        Optional<Set<UUID>> limit = permitted.participants();
        boolean unknownParticipant = limit.isPresent() && !(part instanceof OfParticipant);
        if (limit.isPresent() && part instanceof OfParticipant of) {
            UUID participant = of.participantId();
            if (participant == null || !limit.get().contains(participant)) {
                return null;
            }
        }
        if (part instanceof Maskable<?> maskable) {
            return maskable.masked(unknownParticipant ? Set.of() : permitted.opened());
        }
        return part;
    }

    /** Where milestones alone opened the record, only what speaks of those for whom they stand. */
    private static boolean isConcerned(ContentShape.Field field, Object part, Decision.Permitted permitted) {
        return !field.ofParticipant()
                || permitted
                        .participants()
                        .map(limit -> part instanceof OfParticipant of
                                && of.participantId() != null
                                && limit.contains(of.participantId()))
                        .orElse(true);
    }

    private static Record parts(ContentShape shape, Record whole, Decision.Permitted permitted) {
        @Nullable Object[] values = new @Nullable Object[shape.fields().size()];
        for (int i = 0; i < values.length; i++) {
            ContentShape.Field part = shape.fields().get(i);
            values[i] = permitted.view().shows(part.least()) ? shape.read(part, whole) : null;
        }
        return shape.build(values);
    }
}
