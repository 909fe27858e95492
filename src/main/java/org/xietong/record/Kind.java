package org.xietong.record;

/**
 * A kind of record, as the road knows it; what is particular to it stands in its content: lifecycle, attributes,
 * checks.
 *
 * @param code of the list {@code record-kinds}, e.g. {@code clue}
 */
public record Kind<C extends Content>(String code, Class<C> contentType) {}
