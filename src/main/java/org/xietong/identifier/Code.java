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

/**
 * A code of the named list, in force or not: files of the past (BACKFILL) carry codes of their day. Null is left to
 * {@code @NotNull}.
 */
@Documented
@Constraint(validatedBy = Code.Validator.class)
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Code {
    /** Id of a list in {@code law/codes}. */
    String value();

    String message() default "UNKNOWN_CODE";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Fails at its own start where the list does not exist. */
    final class Validator implements ConstraintValidator<Code, String> {
        private String list = "";

        @Override
        public void initialize(Code code) {
            list = CodeLists.standard().list(code.value()).id();
        }

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            return code == null || CodeLists.standard().contains(list, code);
        }
    }
}
