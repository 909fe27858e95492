package org.xietong.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.xietong.agency.AgencyCode;
import org.xietong.identifier.Verified;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;
import org.xietong.label.Milestone;

/** Reads the rows of one agency's file. Whatever it does not know, it refuses; {@link RowRules} judges what it understood. */
final class RowReader {
    private static final Set<String> VIEW_KEYS =
            Set.of("id", "kind", "where", "when", "view", "opens", "hide", "statutory", "basis");
    private static final Set<String> ACT_KEYS = Set.of("id", "kind", "act", "where", "when", "signed", "basis");
    private static final Pattern ID = Pattern.compile("[A-Z0-9-]{3,64}");

    private final String file;
    private final AgencyCode agency;
    private final Vocabulary vocabulary;

    RowReader(String file, AgencyCode agency, Vocabulary vocabulary) {
        this.file = file;
        this.agency = agency;
        this.vocabulary = vocabulary;
    }

    ViewRow view(JsonNode node, int index) {
        Entry entry = new Entry(place("views", node, index), node, VIEW_KEYS);
        Vocabulary.Kind kind = kind(entry);
        ViewRow row = new ViewRow(
                id(entry),
                agency,
                kind.kind(),
                where(entry, kind),
                when(entry),
                entry.constant("view", View.class),
                opens(entry),
                entry.words("hide", vocabulary.hideable(kind)),
                entry.flag("statutory"),
                basis(entry));
        RowRules.check(row, entry);
        return row;
    }

    ActRow act(JsonNode node, int index) {
        Entry entry = new Entry(place("acts", node, index), node, ACT_KEYS);
        Vocabulary.Kind kind = kind(entry);
        entry.need("act");
        ActRow row = new ActRow(
                id(entry),
                agency,
                kind.kind(),
                entry.words("act", kind.acts()),
                where(entry, kind),
                when(entry),
                entry.has("signed") && entry.flag("signed"),
                basis(entry));
        RowRules.check(row, entry);
        return row;
    }

    private String place(String list, JsonNode node, int index) {
        JsonNode id = node.path("id");
        return file + ", row " + (id.isTextual() ? id.textValue() : list + "[" + index + "]");
    }

    private String id(Entry entry) {
        String id = entry.text("id");
        if (!ID.matcher(id).matches() || !id.startsWith(agency.name() + "-")) {
            throw entry.fault("the id does not begin with " + agency.name() + "-");
        }
        return id;
    }

    private Vocabulary.Kind kind(Entry entry) {
        String kind = entry.text("kind");
        return vocabulary.kind(kind).orElseThrow(() -> entry.fault("unknown kind \"" + kind + "\""));
    }

    static Map<String, String> where(Entry entry, Vocabulary.Kind kind) {
        Map<String, String> where = new LinkedHashMap<>();
        if (entry.has("where")) {
            Entry given = new Entry(
                    entry.place(), entry.need("where"), kind.attributes().keySet());
            kind.attributes().forEach((attribute, codes) -> {
                if (given.has(attribute)) {
                    String code = given.text(attribute);
                    if (!codes.contains(code)) {
                        throw entry.fault("unknown " + attribute + " \"" + code + "\"");
                    }
                    where.put(attribute, code);
                }
            });
        }
        return Map.copyOf(where);
    }

    private static List<Condition> when(Entry entry) {
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode each : entry.list("when")) {
            Condition condition = each.isObject() ? after(entry, each) : named(entry, each.asText());
            if (conditions.contains(condition)) {
                throw entry.fault("repeats condition \"" + condition.code() + "\"");
            }
            conditions.add(condition);
        }
        return List.copyOf(conditions);
    }

    private static Condition after(Entry entry, JsonNode node) {
        if (!node.path("after").isTextual() || node.size() != 1) {
            throw entry.fault("unknown condition " + node);
        }
        return new Condition.After(entry.constant(node.get("after").textValue(), "milestone", Milestone.class));
    }

    private static Condition named(Entry entry, String code) {
        for (Condition.Relation relation : Condition.Relation.values()) {
            if (relation.code().equals(code)) {
                return relation;
            }
        }
        Condition.Supervised supervised = new Condition.Supervised();
        if (supervised.code().equals(code)) {
            return supervised;
        }
        throw entry.fault("unknown condition \"" + code + "\"");
    }

    private static Set<Caveat> opens(Entry entry) {
        EnumSet<Caveat> opens = EnumSet.noneOf(Caveat.class);
        JsonNode given = entry.need("opens");
        if (given.isTextual() && given.textValue().equals("ALL")) {
            opens = EnumSet.allOf(Caveat.class);
        } else {
            for (JsonNode each : entry.list("opens")) {
                if (!opens.add(entry.constant(each.asText(), "caveat", Caveat.class))) {
                    throw entry.fault("opens repeats " + each.asText());
                }
            }
        }
        return Set.copyOf(opens);
    }

    static LegalBasis basis(Entry entry) {
        Entry basis =
                new Entry(entry.place() + ", basis", entry.need("basis"), Set.of("law", "article", "text", "verified"));
        String mark = basis.text("verified").toUpperCase(Locale.ROOT);
        return new LegalBasis(
                basis.text("law"),
                basis.text("article"),
                basis.text("text"),
                basis.constant(mark, "verified", Verified.class));
    }
}
