package org.xietong.evidence.check;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A signature base as it was kept (RFC 9421 §2.5): its lines, held against the list of components at its end. */
final class SignatureText {
    private static final String PARAMS = "\"@signature-params\"";
    private static final Pattern LINE = Pattern.compile("(\"[a-z0-9@-]+\"(?:;req)?|\"@signature-params\"): ([ -~\t]*)");
    private static final Pattern END = Pattern.compile(
            "\\(([^()]*)\\);created=[0-9]{1,15}(?:;expires=[0-9]{1,15})?;nonce=\"[^\"]*\";keyid=\"([0-9a-f]{64})\";tag=\"xietong\"");

    private final Map<String, String> lines;
    private final String keyId;

    private SignatureText(Map<String, String> lines, String keyId) {
        this.lines = lines;
        this.keyId = keyId;
    }

    static SignatureText parse(byte[] base, String file) throws FaultException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : new String(base, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || lines.containsKey(PARAMS) || lines.put(parts.group(1), parts.group(2)) != null) {
                throw new FaultException(Fault.SIGNATURE_BASE, file);
            }
        }
        String params = lines.remove(PARAMS);
        Matcher end = END.matcher(params == null ? "" : params);
        if (!end.matches() || !end.group(1).equals(String.join(" ", lines.keySet()))) {
            throw new FaultException(Fault.SIGNATURE_BASE, file);
        }
        return new SignatureText(lines, end.group(2));
    }

    String keyId() {
        return keyId;
    }

    /** @param component as it stands in the base, with its quotes */
    Optional<String> value(String component) {
        return Optional.ofNullable(lines.get(component));
    }

    /** Whether the field Signature of the request, which an answer covers, holds these bytes under that label. */
    boolean answers(String label, byte[] signature) {
        String wanted = label + "=:" + Base64.getEncoder().encodeToString(signature) + ":";
        return value("\"signature\";req")
                .filter(field -> java.util.List.of(field.split(", *")).contains(wanted))
                .isPresent();
    }
}
