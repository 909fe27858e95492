package org.xietong.crypto;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Builds a signature base (RFC 9421 §2.5) in one pass, and beside it the list of covered components. A component that
 * is absent, or whose value holds anything but printable ASCII, space and tab, makes it {@linkplain #isLegal() illegal}:
 * a line break in a value would forge a line of the base (§7.5.2).
 */
final class SignatureBase {
    private final StringBuilder lines = new StringBuilder(1024);
    private final StringBuilder list = new StringBuilder(160).append('(');
    private boolean legal = true;

    /** @param identifier quoted, with its parameters, e.g. {@code "@path";req} */
    void add(String identifier, @Nullable String value) {
        if (value == null || !isPlain(value)) {
            legal = false;
            return;
        }
        if (list.length() > 1) {
            list.append(' ');
        }
        list.append(identifier);
        lines.append(identifier).append(": ").append(value).append('\n');
    }

    boolean isLegal() {
        return legal;
    }

    /** The inner list of covered components, without parameters. */
    String components() {
        return list + ")";
    }

    /** The whole base; MUST be called once, last, and only if legal. */
    byte[] finish(String signatureParams) {
        lines.append("\"@signature-params\": ").append(signatureParams);
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }
}
