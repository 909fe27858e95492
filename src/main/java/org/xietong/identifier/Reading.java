package org.xietong.identifier;

/** What came of reading a number of the law as it was stated: its normal form, or the rule that it breaks. */
public sealed interface Reading {
    /** The number obeys its standard; {@code normalised} is its one form for storing and look-up. */
    record Parsed(String normalised) implements Reading {}

    /** The number breaks {@code rule}, a stable upper-case code of {@link Rule}. The stated value is not carried. */
    record Faulty(String rule) implements Reading {}

    /** The codes under which numbers are refused; they reach callers as {@code FieldFault.rule}. */
    final class Rule {
        public static final String FORMAT = "FORMAT";
        public static final String CHECK_DIGIT = "CHECK_DIGIT";
        public static final String DATE = "DATE";
        public static final String DIVISION = "DIVISION";
        /** A 15-digit resident number (before 1999): it has no check digit and is kept as stated only. */
        public static final String LEGACY_NUMBER = "LEGACY_NUMBER";
        /** Claimed to be verified, but of a type without any rule to check it by (passport, 自报). */
        public static final String NOT_CHECKABLE = "NOT_CHECKABLE";

        private Rule() {}
    }
}
