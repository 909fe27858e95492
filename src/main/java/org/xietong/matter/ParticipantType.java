package org.xietong.matter;

/** Natural person 自然人, or unit 单位 (which can commit these crimes too, Criminal Law art. 220). */
public enum ParticipantType {
    NATURAL_PERSON,
    UNIT
}
