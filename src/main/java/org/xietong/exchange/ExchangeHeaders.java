package org.xietong.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.greenbytes.http.sfv.TokenItem;
import org.xietong.agency.Purpose;
import org.xietong.identifier.CodeLists;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The structured fields (RFC 8941) that a caller adds: {@code Exchange-Purpose: case-handling;basis=xsf-54;case=:…:},
 * {@code Exchange-Officer: "MSA-421200-007";unit="MSA-421200";login=ukey}, {@code Idempotency-Key: "…"}.
 */
final class ExchangeHeaders {
    static final String PURPOSE = "exchange-purpose";
    static final String OFFICER = "exchange-officer";
    static final String IDEMPOTENCY_KEY = "idempotency-key";
    static final String IF_MATCH = "if-match";
    private static final CodeLists CODES = CodeLists.standard();
    private static final int LONGEST = 1_024;
    private static final int LONGEST_KEY = 128;
    private static final Set<String> PURPOSE_PARAMETERS = Set.of("basis", "case");
    private static final Set<String> OFFICER_PARAMETERS = Set.of("unit", "login");

    /** The officer named by a request, before the register has confirmed him. */
    record NamedOfficer(String id, String unit, Optional<String> login) {}

    private ExchangeHeaders() {}

    /** A purpose and basis of the code lists; {@code case} is a byte sequence of UTF-8, or a string where ASCII is enough. */
    static Purpose purpose(String value) {
        Item<?> item = item(value, PURPOSE, ProblemType.PURPOSE_INVALID, PURPOSE_PARAMETERS);
        if (!(item instanceof TokenItem code)) {
            throw new ProblemException(ProblemType.PURPOSE_INVALID, new FieldFault(PURPOSE, "TOKEN"));
        }
        Purpose purpose = new Purpose(code.get(), text(item, "basis"), text(item, "case"));
        if (!CODES.contains("purposes", purpose.code())
                || !purpose.basis()
                        .map(basis -> CODES.contains("legal-basis", basis))
                        .orElse(true)) {
            throw new ProblemException(ProblemType.PURPOSE_INVALID, new FieldFault(PURPOSE, "UNKNOWN_CODE"));
        }
        return purpose;
    }

    static NamedOfficer officer(String value) {
        Item<?> item = item(value, OFFICER, ProblemType.OFFICER_UNKNOWN, OFFICER_PARAMETERS);
        Optional<String> unit = text(item, "unit");
        if (!(item instanceof StringItem id) || unit.isEmpty()) {
            throw new ProblemException(ProblemType.OFFICER_UNKNOWN, new FieldFault(OFFICER, "SYNTAX"));
        }
        return new NamedOfficer(id.get(), unit.get(), text(item, "login"));
    }

    static String idempotencyKey(String value) {
        Item<?> item = item(value, IDEMPOTENCY_KEY, ProblemType.MALFORMED, Set.of());
        if (!(item instanceof StringItem key)
                || key.get().isEmpty()
                || key.get().length() > LONGEST_KEY) {
            throw new ProblemException(ProblemType.MALFORMED, new FieldFault(IDEMPOTENCY_KEY, "SYNTAX"));
        }
        return key.get();
    }

    private static Item<?> item(String value, String header, ProblemType problem, Set<String> parameters) {
        try {
            if (value.length() > LONGEST) {
                throw new ProblemException(problem, new FieldFault(header, "TOO_LONG"));
            }
            Item<?> item = Parser.parseItem(value);
            if (!parameters.containsAll(item.getParams().keySet())) {
                throw new ProblemException(problem, new FieldFault(header, "UNKNOWN_PARAMETER"));
            }
            return item;
        } catch (ParseException e) {
            throw new ProblemException(problem, new FieldFault(header, "SYNTAX"));
        }
    }

    private static Optional<String> text(Item<?> item, String parameter) {
        Object value = item.getParams().get(parameter);
        return switch (value) {
            case null -> Optional.empty();
            case TokenItem token -> Optional.of(token.get());
            case StringItem string -> Optional.of(string.get());
            case ByteSequenceItem bytes -> Optional.of(utf8(bytes.get()));
            default -> throw new ProblemException(ProblemType.MALFORMED, new FieldFault(parameter, "TYPE"));
        };
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED, new FieldFault("case", "UTF_8"));
        }
    }
}
