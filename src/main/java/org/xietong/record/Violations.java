package org.xietong.record;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import org.xietong.problem.FieldFault;

/** Constraint violations as field faults: a JSON pointer and a rule code. Messages, which could hold values, are not read. */
public final class Violations {
    private Violations() {}

    public static List<FieldFault> faults(Collection<? extends ConstraintViolation<?>> violations, String pointer) {
        return violations.stream()
                .map(violation -> new FieldFault(pointer + pointer(violation.getPropertyPath()), rule(violation)))
                .distinct()
                .toList();
    }

    private static String pointer(Path path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            String name = node.getName();
            if (name != null && !name.startsWith("<")) {
                pointer.append('/').append(name);
            }
        }
        return pointer.toString();
    }

    private static String rule(ConstraintViolation<?> violation) {
        Annotation constraint = violation.getConstraintDescriptor().getAnnotation();
        return switch (constraint) {
            case NotNull ignored -> "REQUIRED";
            case NotBlank ignored -> "REQUIRED";
            case NotEmpty ignored -> "REQUIRED";
            case Size ignored -> "SIZE";
            default -> ofTemplate(violation.getMessageTemplate());
        };
    }

    /** Constraints of this project put the bare rule code into the template; those of others have a resource key there. */
    private static String ofTemplate(String template) {
        return template.matches("[A-Z][A-Z_]*") ? template : "FORMAT";
    }
}
