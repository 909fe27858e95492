package org.xietong.identifier;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.Optional;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Rule;

/**
 * Holds that a claim of verification is true as far as a check can tell. The message template of each violation is the bare rule
 * code; no value is interpolated.
 */
public final class IdentifierValidator implements ConstraintValidator<ValidIdentifier, Identifier> {
    @Override
    public boolean isValid(Identifier identifier, ConstraintValidatorContext context) {
        IdentifierType type = identifier.type();
        if (type == null) {
            return true;
        }
        String value = identifier.value();
        if (value == null || value.isBlank()) {
            return type == IdentifierType.NONE || refuse(context, "value", "REQUIRED");
        }
        if (Boolean.TRUE.equals(identifier.verified())) {
            Optional<Reading> reading = type.read(value);
            if (reading.isEmpty()) {
                return refuse(context, "verified", Rule.NOT_CHECKABLE);
            }
            if (reading.get() instanceof Faulty faulty) {
                return refuse(context, "value", faulty.rule());
            }
            if (identifier.verification() == null) {
                return refuse(context, "verification", "REQUIRED");
            }
        }
        Boolean flag = identifier.asStated();
        return flag == null
                || flag.equals(identifier.normalised().asStated())
                || refuse(context, "asStated", "READ_ONLY");
    }

    private static boolean refuse(ConstraintValidatorContext context, String property, String rule) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(rule)
                .addPropertyNode(property)
                .addConstraintViolation();
        return false;
    }
}
