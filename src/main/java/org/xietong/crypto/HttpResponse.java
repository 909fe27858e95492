package org.xietong.crypto;

/**
 * A response as its signature sees it (RFC 9421 §2.2.9).
 *
 * @param hasBody whether content follows; then its type and digest are signed
 */
public record HttpResponse(int status, boolean hasBody, HeaderLookup headers) {}
