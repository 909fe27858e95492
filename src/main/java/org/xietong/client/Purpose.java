package org.xietong.client;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.greenbytes.http.sfv.TokenItem;

/**
 * What an exchange is for 用途, and its field {@code Exchange-Purpose} (a structured field Item, RFC 8941 §3.3), e.g.
 * {@code case-handling;basis=xingzheng-chufa-27;case=:5ZK4...:}.
 *
 * @param code purpose code, a token
 * @param basis code of the legal basis; sent as a token if it is one, otherwise as a string
 * @param caseNumber the caller's own case number 案号, sent as bytes of UTF-8
 */
public record Purpose(String code, Optional<String> basis, Optional<String> caseNumber) {

    public static Purpose of(String code) {
        return new Purpose(code, Optional.empty(), Optional.empty());
    }

    public static Purpose of(String code, String basis, String caseNumber) {
        return new Purpose(code, Optional.of(basis), Optional.of(caseNumber));
    }

    /**
     * The value of the field.
     *
     * @throws IllegalArgumentException if the code is no token, or the basis is not ASCII
     */
    public String field() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        basis.ifPresent(
                text -> parameters.put("basis", isToken(text) ? TokenItem.valueOf(text) : StringItem.valueOf(text)));
        caseNumber.ifPresent(
                text -> parameters.put("case", ByteSequenceItem.valueOf(text.getBytes(StandardCharsets.UTF_8))));
        return TokenItem.valueOf(code)
                .withParams(Parameters.valueOf(parameters))
                .serialize();
    }

    private static boolean isToken(String text) {
        try {
            Parser.parseToken(text);
            return true;
        } catch (IllegalArgumentException notAToken) {
            return false;
        }
    }
}
