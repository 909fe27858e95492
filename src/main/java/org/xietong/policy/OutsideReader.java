package org.xietong.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.OutsideKind;
import org.xietong.label.Caveat;

/** Reads {@code outside.yaml}, strictly. */
final class OutsideReader {
    static final String FILE = "outside.yaml";

    private static final Set<String> KEYS = Set.of("id", "kind", "where", "from", "to", "view", "opens", "basis");
    private static final Pattern ID = Pattern.compile("OUTSIDE-[A-Z0-9-]{3,56}");
    /** Whoever is to keep it here, or is to stay unknown, is not opened to anybody outside. */
    private static final Set<Caveat> NEVER =
            Set.of(Caveat.NO_FORWARD, Caveat.NO_EXPORT, Caveat.INFORMANT, Caveat.LEGAL_PRIVILEGE);

    private OutsideReader() {}

    static List<OutsideRow> read(JsonNode tree, Vocabulary vocabulary) {
        Entry file = new Entry(FILE, tree, Set.of("rows"));
        List<OutsideRow> rows = new ArrayList<>();
        for (JsonNode node : file.list("rows")) {
            rows.add(row(node, rows.size(), vocabulary));
        }
        return List.copyOf(rows);
    }

    private static OutsideRow row(JsonNode node, int index, Vocabulary vocabulary) {
        JsonNode stated = node.path("id");
        Entry entry =
                new Entry(FILE + ", row " + (stated.isTextual() ? stated.textValue() : "[" + index + "]"), node, KEYS);
        String id = entry.text("id");
        if (!ID.matcher(id).matches()) {
            throw entry.fault("the id does not begin with OUTSIDE-");
        }
        String code = entry.text("kind");
        Vocabulary.Kind kind = vocabulary.kind(code).orElseThrow(() -> entry.fault("unknown kind \"" + code + "\""));
        View view = entry.constant("view", View.class);
        if (!view.shows(View.SUMMARY)) {
            throw entry.fault("a packet holds a summary at least");
        }
        return new OutsideRow(
                id,
                code,
                RowReader.where(entry, kind),
                constants(entry, "from", AgencyCode.class),
                constants(entry, "to", OutsideKind.class),
                view,
                opens(entry),
                RowReader.basis(entry));
    }

    private static Set<Caveat> opens(Entry entry) {
        Set<Caveat> opens = constants(entry, "opens", Caveat.class);
        for (Caveat caveat : NEVER) {
            if (opens.contains(caveat)) {
                throw entry.fault("opens " + caveat + ", which opens to nobody outside");
            }
        }
        return opens;
    }

    private static <E extends Enum<E>> Set<E> constants(Entry entry, String key, Class<E> type) {
        EnumSet<E> all = EnumSet.noneOf(type);
        for (JsonNode each : entry.list(key)) {
            if (!all.add(entry.constant(each.asText(), key, type))) {
                throw entry.fault(key + " repeats " + each.asText());
            }
        }
        return Set.copyOf(all);
    }
}
