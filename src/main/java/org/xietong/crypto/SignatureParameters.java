package org.xietong.crypto;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;

/**
 * The parameters of a signature (RFC 9421 §2.3): exactly {@code created expires nonce keyid tag} for a request and
 * {@code created nonce keyid tag} for a response, in this order. {@code alg} is refused, as everything else is: the
 * key decides.
 *
 * @param created seconds since 1970
 * @param expires seconds since 1970; requests only
 * @param nonce well-formed by {@link Nonces}
 * @param keyId 64 lower-case hexadecimal digits
 */
public record SignatureParameters(long created, OptionalLong expires, String nonce, String keyId) {
    static final String TAG = "xietong";

    /** Empty if a parameter is missing, unknown, out of order or ill-formed. */
    static Optional<SignatureParameters> of(Parameters parameters) {
        Cursor cursor = new Cursor(parameters);
        OptionalLong created = cursor.integer("created");
        OptionalLong expires = parameters.size() == 5 ? cursor.integer("expires") : OptionalLong.empty();
        String nonce = cursor.string("nonce");
        String keyId = cursor.string("keyid");
        String tag = cursor.string("tag");
        if (!cursor.isExhausted() || created.isEmpty() || (parameters.size() == 5 && expires.isEmpty())) {
            return Optional.empty();
        }
        if (!Nonces.isWellFormed(nonce) || !isKeyId(keyId) || !tag.equals(TAG)) {
            return Optional.empty();
        }
        return Optional.of(new SignatureParameters(created.getAsLong(), expires, nonce, keyId));
    }

    /** Serialised as RFC 8941 §4.1.1.2 has it, ready to follow the list of components. */
    String serialized() {
        StringBuilder out = new StringBuilder(220).append(";created=").append(created);
        if (expires.isPresent()) {
            out.append(";expires=").append(expires.getAsLong());
        }
        return out.append(";nonce=\"")
                .append(nonce)
                .append("\";keyid=\"")
                .append(keyId)
                .append("\";tag=\"")
                .append(TAG)
                .append('"')
                .toString();
    }

    private static boolean isKeyId(String text) {
        if (text.length() != 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Walks the parameters in their order; a name or type that is not the expected one reads as absent. */
    private static final class Cursor {
        private final Iterator<Map.Entry<String, Item<?>>> entries;

        Cursor(Parameters parameters) {
            entries = parameters.entrySet().iterator();
        }

        OptionalLong integer(String name) {
            return next(name) instanceof IntegerItem item && item.getAsLong() >= 0
                    ? OptionalLong.of(item.getAsLong())
                    : OptionalLong.empty();
        }

        String string(String name) {
            return next(name) instanceof StringItem item ? item.get() : "";
        }

        boolean isExhausted() {
            return !entries.hasNext();
        }

        private Object next(String name) {
            if (!entries.hasNext()) {
                return name;
            }
            Map.Entry<String, Item<?>> entry = entries.next();
            return entry.getKey().equals(name) ? entry.getValue() : name;
        }
    }
}
