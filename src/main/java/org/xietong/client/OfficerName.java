package org.xietong.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;
import org.greenbytes.http.sfv.TokenItem;

/**
 * The officer 办案人员 on whose behalf a system acts, and the field {@code Exchange-Officer} (a structured field Item,
 * RFC 8941 §3.3), e.g. {@code "POL-001";unit="POLICE-421200";login=ukey}.
 *
 * @param login how he logged in to his own system, a token such as {@code ukey}
 */
public record OfficerName(String id, String unit, String login) {

    /**
     * The value of the field.
     *
     * @throws IllegalArgumentException if id or unit is not ASCII, or the login is no token
     */
    public String field() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("unit", StringItem.valueOf(unit));
        parameters.put("login", TokenItem.valueOf(login));
        return StringItem.valueOf(id).withParams(Parameters.valueOf(parameters)).serialize();
    }
}
