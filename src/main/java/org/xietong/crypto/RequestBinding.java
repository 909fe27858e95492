package org.xietong.crypto;

/**
 * What a response's signature says of the request that it answers (RFC 9421 §2.4).
 *
 * @param signature the request's whole Signature field, stripped and joined; with it, everything that the request's
 *     signatures cover is bound too (§7.3.7)
 */
public record RequestBinding(String method, String path, String signature) {

    /**
     * The binding to a signed request.
     *
     * @throws IllegalArgumentException if the request carries no Signature field
     */
    public static RequestBinding of(HttpRequest request) {
        String signature = request.headers().joined("signature");
        if (signature == null) {
            throw new IllegalArgumentException("the request is not signed");
        }
        return new RequestBinding(request.method(), request.path(), signature);
    }
}
