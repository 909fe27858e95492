package org.xietong.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xietong.agency.AgencyCode;
import org.xietong.label.StrictYaml;

/**
 * The published policy in one version: immutable, thread-safe, its rows laid out by kind and agency. It loads whole or not at
 * all: a fault in any file is a {@link PolicyException} that names file and row (I2).
 */
public final class PolicySet {
    private final Vocabulary vocabulary;
    private final CaveatCeiling ceiling;
    private final String version;
    private final Map<AgencyCode, List<ViewRow>> views = new EnumMap<>(AgencyCode.class);
    private final Map<AgencyCode, List<ActRow>> acts = new EnumMap<>(AgencyCode.class);
    private final Map<String, Map<AgencyCode, List<ViewRow>>> viewsByKind = new HashMap<>();
    private final List<OutsideRow> outside;
    private final Set<String> ids = new HashSet<>();

    private PolicySet(PolicySource source) {
        MessageDigest digest = sha256();
        vocabulary = Vocabulary.read(tree(source, "vocabulary.yaml", digest));
        ceiling = CaveatCeiling.read(tree(source, "ceiling.yaml", digest));
        for (AgencyCode agency : AgencyCode.values()) {
            readAgency(agency, tree(source, agency.name() + ".yaml", digest));
        }
        outside = OutsideReader.read(tree(source, OutsideReader.FILE, digest), vocabulary);
        outside.forEach(row -> once(OutsideReader.FILE, row.id()));
        version = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        layOut();
    }

    /** The start policy that ships with the product. */
    public static PolicySet load() {
        return load(PolicySource.shipped());
    }

    public static PolicySet load(PolicySource source) {
        return new PolicySet(source);
    }

    /**
     * The first 16 hex digits of SHA-256 over the files as they follow each other: vocabulary, ceiling, COURT, PROC, POLICE,
     * MSA, IPO, COPYRIGHT, MED, AUD, outside; {@code cat … | sha256sum} gives the same (I8).
     */
    public String version() {
        return version;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    public CaveatCeiling ceiling() {
        return ceiling;
    }

    /** All rows of an agency, in the order of its file. */
    public List<ViewRow> views(AgencyCode agency) {
        return views.getOrDefault(agency, List.of());
    }

    /** All rights to act of an agency, in the order of its file. */
    public List<ActRow> acts(AgencyCode agency) {
        return acts.getOrDefault(agency, List.of());
    }

    /** The rows of an agency for a kind; none for an unknown one. */
    public List<ViewRow> views(String kind, AgencyCode agency) {
        return viewsByKind.getOrDefault(kind, Map.of()).getOrDefault(agency, List.of());
    }

    /** What may leave the system, in the order of its file. */
    public List<OutsideRow> outside() {
        return outside;
    }

    private void readAgency(AgencyCode agency, JsonNode tree) {
        String file = agency.name() + ".yaml";
        Entry entry = new Entry(file, tree, Set.of("agency", "views", "acts"));
        if (!entry.text("agency").equals(agency.name())) {
            throw entry.fault("speaks of another agency");
        }
        RowReader reader = new RowReader(file, agency, vocabulary);
        List<ViewRow> viewRows = new ArrayList<>();
        for (JsonNode node : entry.list("views")) {
            ViewRow row = reader.view(node, viewRows.size());
            once(file, row.id());
            viewRows.add(row);
        }
        List<ActRow> actRows = new ArrayList<>();
        for (JsonNode node : entry.list("acts")) {
            ActRow row = reader.act(node, actRows.size());
            once(file, row.id());
            actRows.add(row);
        }
        views.put(agency, List.copyOf(viewRows));
        acts.put(agency, List.copyOf(actRows));
    }

    private void once(String file, String id) {
        if (!ids.add(id)) {
            throw new PolicyException(file + ", row " + id + ": the id stands twice");
        }
    }

    private void layOut() {
        views.forEach((agency, rows) -> rows.forEach(row -> viewsByKind
                .computeIfAbsent(row.kind(), k -> new EnumMap<>(AgencyCode.class))
                .computeIfAbsent(agency, a -> new ArrayList<>())
                .add(row)));
    }

    private static JsonNode tree(PolicySource source, String file, MessageDigest digest) {
        try {
            byte[] bytes = source.read(file);
            digest.update(bytes);
            return StrictYaml.parse(bytes);
        } catch (IOException e) {
            throw new PolicyException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
