package org.xietong.crypto;

import org.jspecify.annotations.Nullable;

/**
 * A request as its signature sees it (RFC 9421 §2.2).
 *
 * @param method as sent, case-sensitive (§2.2.1)
 * @param authority the platform's configured logical name in lower case (§2.2.3), whatever Host was sent
 * @param path absolute path, raw as sent (§2.2.6)
 * @param query raw query without "?", null if there is none (§2.2.7)
 * @param hasBody whether content follows, however it is framed; then its type and digest are signed
 * @param headers its header fields
 */
public record HttpRequest(
        String method,
        String authority,
        String path,
        @Nullable String query,
        boolean hasBody,
        HeaderLookup headers) {}
