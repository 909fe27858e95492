package org.xietong.identifier;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An identifier whose claim to be verified holds: see {@link IdentifierValidator}. */
@Documented
@Constraint(validatedBy = IdentifierValidator.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ValidIdentifier {
    String message() default "IDENTIFIER";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
