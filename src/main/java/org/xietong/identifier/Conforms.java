package org.xietong.identifier;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Reading.Faulty;

/** A string that obeys the rule of an {@link IdentifierType}, e.g. a place by GB/T 2260. Null is left to {@code @NotNull}. */
@Documented
@Constraint(validatedBy = Conforms.Validator.class)
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Conforms {
    IdentifierType value();

    String message() default "FORMAT";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Refuses with the rule that the string breaks. */
    final class Validator implements ConstraintValidator<Conforms, String> {
        private IdentifierType type = IdentifierType.NONE;

        @Override
        public void initialize(Conforms constraint) {
            type = constraint.value();
        }

        @Override
        public boolean isValid(@Nullable String stated, ConstraintValidatorContext context) {
            if (stated != null && type.read(stated).orElse(null) instanceof Faulty faulty) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(faulty.rule()).addConstraintViolation();
                return false;
            }
            return true;
        }
    }
}
