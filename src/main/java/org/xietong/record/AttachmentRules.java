package org.xietong.record;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Declaration;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** What an announcement must fulfil beyond its form, and how a file name travels. */
final class AttachmentRules {
    /** Path separators, and what file systems give a meaning of their own. */
    private static final String NOT_IN_NAMES = "/\\:*?\"<>|";

    private AttachmentRules() {}

    static void check(AttachmentDraft draft, long maxSize, Set<UUID> participants) {
        Declaration.require(draft.noStateSecret());
        List<FieldFault> faults = new ArrayList<>();
        Optional<AttachmentType> type = AttachmentType.declared(draft.mediaType());
        if (type.isEmpty()) {
            faults.add(new FieldFault("/mediaType", "NOT_ALLOWED"));
        }
        if (!isPlainName(draft.name())) {
            faults.add(new FieldFault("/name", "PLAIN_FILE_NAME"));
        } else if (type.isPresent() && !type.get().isEndingOf(draft.name())) {
            faults.add(new FieldFault("/name", "DIFFERS_FROM_TYPE"));
        }
        if (draft.size() > maxSize) {
            throw new ProblemException(ProblemType.BODY_TOO_LARGE, new FieldFault("/size", "MAX"));
        }
        List<UUID> named = draft.participants() == null ? List.of() : draft.participants();
        for (int i = 0; i < named.size(); i++) {
            if (!participants.contains(named.get(i))) {
                faults.add(new FieldFault("/participants/" + i, "UNKNOWN"));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    /** Visible characters that mean nothing to a file system, a header or the direction of writing; no dot or space at an end. */
    private static boolean isPlainName(String name) {
        boolean plain = name.codePoints().allMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ' || c == 0x3000;
            default -> NOT_IN_NAMES.indexOf(c) < 0;
        });
        return plain && !name.startsWith(".") && !name.endsWith(".") && name.equals(name.strip());
    }

    /** RFC 6266 with RFC 8187: always to be saved, never to be shown; the name in a form that nothing can break out of. */
    static String disposition(AttachmentRow row) {
        String encoded = URLEncoder.encode(row.name(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + row.id() + "." + row.type().ending() + "\"; filename*=UTF-8''" + encoded;
    }
}
