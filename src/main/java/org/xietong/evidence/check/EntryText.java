package org.xietong.evidence.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xietong.evidence.EntryBundle;

/**
 * An entry of the log, read.
 *
 * @param parts the digests that it commits to, by the name that a part's file has
 */
record EntryText(String id, Instant time, Map<String, String> parts) {
    private static final Set<String> NAMES = Set.of("v", "id", "time", "agency", "parts");
    private static final int DIGEST = 64;

    /** @throws FaultException {@code ENTRY_FORM} unless it is a canonical entry of version 1 */
    static EntryText parse(byte[] bytes, String file) throws FaultException {
        if (bytes.length > EntryBundle.LONGEST) {
            throw new FaultException(Fault.ENTRY_FORM, file);
        }
        Json json = Json.of(bytes, Fault.ENTRY_FORM, file);
        if (!json.names().equals(NAMES) || json.number("v") != 1) {
            throw new FaultException(Fault.ENTRY_FORM, file);
        }
        json.text("agency");
        try {
            return new EntryText(json.text("id"), Instant.parse(json.text("time")), parts(json.object("parts"), file));
        } catch (DateTimeException e) {
            throw new FaultException(Fault.ENTRY_FORM, file);
        }
    }

    private static Map<String, String> parts(Json json, String file) throws FaultException {
        Map<String, String> parts = new HashMap<>();
        for (Object key : json.names()) {
            String name = String.valueOf(key);
            if (json.isList(name)) {
                List<?> digests = json.list(name);
                for (int i = 0; i < digests.size(); i++) {
                    parts.put(name + '-' + i, digest(digests.get(i), file));
                }
            } else {
                parts.put(name, digest(json.text(name), file));
            }
        }
        return parts;
    }

    private static String digest(Object value, String file) throws FaultException {
        if (value instanceof String text
                && text.length() == DIGEST
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            return text;
        }
        throw new FaultException(Fault.ENTRY_FORM, file);
    }
}
