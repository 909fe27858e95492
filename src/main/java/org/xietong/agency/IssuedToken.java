package org.xietong.agency;

import java.time.Instant;

/**
 * A fresh token, for its caller only; never logged.
 *
 * @param expires end of validity, exclusive
 */
public record IssuedToken(String token, Instant expires) {
    @Override
    public String toString() {
        return "IssuedToken[expires=" + expires + "]";
    }
}
