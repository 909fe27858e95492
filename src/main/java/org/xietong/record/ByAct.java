package org.xietong.record;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component that acts decide, and no draft: a draft omits it or repeats what stands (READ_ONLY). Stands on components of a
 * content, and on those of elements that name a participant.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface ByAct {}
