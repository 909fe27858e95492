package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.crypto.MalformedSignatureException.Fault;

class SignatureFieldsTest {
    private static final String INPUT = "sys=(\"@path\");created=1";
    private static final String SIGNATURE = "sys=:AAAA:";

    @Test
    void readsAWellFormedPair() throws Exception {
        PresentedSignature presented = SignatureFields.parse(INPUT, SIGNATURE).get("sys");
        assertEquals("(\"@path\");created=1", presented.signatureParams());
    }

    @Test
    void toleratesOtherWhitespaceBetweenMembers() throws Exception {
        String input = INPUT + ",other=(\"a, b\\\" ,c\")";
        assertEquals(
                2, SignatureFields.parse(input, SIGNATURE + " ,\tother=:AA==:").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SYNTAX       | sys=(                          | sys=:AAAA:",
                "SYNTAX       | sys=()x                        | sys=:AAAA:",
                "SYNTAX       | sys=1                          | sys=:AAAA:",
                "SYNTAX       | sys                            | sys=:AAAA:",
                "SYNTAX       | sys=(a)                        | sys=:AAAA:",
                "SYNTAX       | sys=(\"@path\")                | sys",
                "SYNTAX       | sys=(\"@path\")                | sys=\"AAAA\"",
                "SYNTAX       | sys=(\"@path\")                | sys=(:AAAA:)",
                "SYNTAX       | sys=(\"@path\")                | sys=:AAAA:;a=1",
                "SYNTAX       | sys=(\"@path\")                | sys=:A*AA:",
                "SYNTAX       | sys=(\"@p\u00e4th\")           | sys=:AAAA:",
                "SYNTAX       | SYS=(\"@path\")                | SYS=:AAAA:",
                "NOT_CANONICAL| sys=(), sys=(\"@path\")        | sys=:AAAA:",
                "NOT_CANONICAL| sys=(\"@path\")                | sys=:AAAA:, sys=:AAAA:",
                "NOT_CANONICAL| sys=(\"@path\");a=1;a=1        | sys=:AAAA:",
                "NOT_CANONICAL| sys=(\"@path\"  \"@query\")    | sys=:AAAA:",
                "NOT_CANONICAL| sys=( \"@path\")               | sys=:AAAA:",
                "NOT_CANONICAL| sys=(\"@path\");created=01     | sys=:AAAA:",
                "NOT_CANONICAL| sys=(\"@path\"); created=1     | sys=:AAAA:",
                "NOT_CANONICAL| sys=(\"@path\";req=?1)         | sys=:AAAA:",
                "NOT_CANONICAL| sys=(\"@path\")                | sys=:AAB=:",
                "UNMATCHED_LABEL | sys=(\"@path\")             | officer=:AAAA:",
                "UNMATCHED_LABEL | sys=(\"@path\")             | sys=:AAAA:, officer=:AAAA:",
                "TOO_MANY_LABELS | a=(), b=(), c=(), d=(), e=()| a=:AAAA:"
            })
    void refuses(Fault fault, String input, String signature) {
        MalformedSignatureException refusal = assertThrows(
                MalformedSignatureException.class, () -> SignatureFields.parse(input.strip(), signature.strip()));
        assertEquals(fault, refusal.fault());
    }

    @Test
    void refusesAbsence() {
        MalformedSignatureException refusal =
                assertThrows(MalformedSignatureException.class, () -> SignatureFields.parse(INPUT, null));
        assertEquals(Fault.MISSING, refusal.fault());
    }

    @Test
    void refusesMoreThanEightKilobytes() {
        String nested = "sys=(" + "\"@path\" ".repeat(1024).strip() + ")";
        MalformedSignatureException refusal =
                assertThrows(MalformedSignatureException.class, () -> SignatureFields.parse(nested, SIGNATURE));
        assertEquals(Fault.TOO_LONG, refusal.fault());
    }

    @Property(tries = 20_000)
    void hostileTextMeetsNothingButTheTypedFailure(@ForAll("hostile") String input, @ForAll("hostile") String value) {
        try {
            SignatureFields.parse(input, value);
        } catch (MalformedSignatureException expected) {
            assertTrue(expected.fault() != null);
        }
    }

    @Property(tries = 5_000)
    void anyTextMeetsNothingButTheTypedFailure(@ForAll String input, @ForAll String value) {
        try {
            SignatureFields.parse(input, value);
        } catch (MalformedSignatureException expected) {
            assertTrue(expected.fault() != null);
        }
    }

    /** Fragments of the real grammar in any order: deep into the parser, and almost never right. */
    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                        "sys=",
                        "(",
                        ")",
                        "\"@path\"",
                        "\"",
                        "\\",
                        ":AAAA:",
                        ":",
                        "=",
                        ";",
                        "created=1",
                        ",",
                        " ",
                        "\t",
                        "?1",
                        "?",
                        "-",
                        "1.5",
                        "999999999999999999",
                        "\u0000",
                        "\u00e9",
                        "a",
                        "*",
                        "\r\n",
                        ":A:",
                        "@1")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
