package org.xietong.label;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xietong.identifier.ZhName;

/** The enumerated bases for a level or a caveat, from {@code law/label-basis.yaml} (I10). */
public final class LabelBases {
    private static final String FILE = "law/label-basis.yaml";

    private final Map<String, Entry> byCode;

    private LabelBases(Map<String, Entry> byCode) {
        this.byCode = byCode;
    }

    /** Reads the data that ships with the product; a file that cannot be used stops the start. */
    public static LabelBases load() {
        return of(StrictYaml.read(FILE, Content.class).bases());
    }

    static LabelBases of(List<Entry> entries) {
        Map<String, Entry> map = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.incomplete()) {
                throw new IllegalStateException(FILE + ": basis " + entry.code() + " is not complete");
            }
            if (map.put(entry.code(), entry) != null) {
                throw new IllegalStateException(FILE + ": basis " + entry.code() + " stands twice");
            }
        }
        return new LabelBases(map);
    }

    public Optional<Entry> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** All bases in the order of the file. */
    public Collection<Entry> all() {
        return byCode.values();
    }

    /** One basis that a label may name. */
    public record Entry(
            @ZhName("代码") String code,
            @ZhName("名称") String zh,
            @ZhName("法律依据") LegalBasis basis) {
        boolean incomplete() {
            return code == null || zh == null || basis == null || basis.law() == null || basis.verified() == null;
        }
    }

    private record Content(List<Entry> bases) {}
}
