package org.xietong.policy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.xietong.label.Caveat;

/**
 * Declares the least view that shows a top-level field of a record's content, and the caveats that must be opened for it. A
 * content field without it fails the build. On the components of a field's elements it declares the view of each part; the
 * caveats are the field's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Shown {
    View value();

    Caveat[] caveats() default {};
}
