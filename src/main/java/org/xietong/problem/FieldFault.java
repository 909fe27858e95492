package org.xietong.problem;

/**
 * Which field breaks which rule. Never the submitted value.
 *
 * @param field JSON pointer into the body (RFC 6901), or the name of a header or query parameter
 * @param rule stable code of the rule, upper case, e.g. {@code REQUIRED}, {@code CHECK_DIGIT}, {@code UNKNOWN_CODE}
 */
public record FieldFault(String field, String rule) {}
