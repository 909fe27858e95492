package org.xietong.identifier;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The code lists in force with this version; immutable. Loaded once from {@code law/codes}; anything malformed, unknown or
 * duplicate there refuses the start (I10).
 */
public final class CodeLists {
    private final Map<String, CodeList> lists;
    private final Map<String, Map<String, CodeEntry>> entries = new LinkedHashMap<>();

    CodeLists(List<CodeList> loaded) {
        Map<String, CodeList> byId = new LinkedHashMap<>();
        for (CodeList list : loaded) {
            byId.put(list.id(), list);
            Map<String, CodeEntry> byCode = new LinkedHashMap<>();
            list.entries().forEach(entry -> byCode.put(entry.code(), entry));
            entries.put(list.id(), byCode);
        }
        lists = Collections.unmodifiableMap(byId);
    }

    /** The lists on the class path. The first call loads them and fails with the reason where they cannot be trusted. */
    public static CodeLists standard() {
        return Standard.LISTS;
    }

    public Collection<CodeList> all() {
        return lists.values();
    }

    public Optional<CodeList> find(String list) {
        return Optional.ofNullable(lists.get(list));
    }

    /** The list of a name written in code or policy. An unknown name is a fault of that text and refuses the start. */
    public CodeList list(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no code list " + name));
    }

    public Optional<CodeEntry> entry(String list, String code) {
        return Optional.ofNullable(entries.getOrDefault(list, Map.of()).get(code));
    }

    /** Whether the list holds the code at all, in force or not. */
    public boolean contains(String list, String code) {
        return entry(list, code).isPresent();
    }

    /** Whether the code is in force on an Asia/Shanghai day. */
    public boolean contains(String list, String code, LocalDate day) {
        return entry(list, code).filter(found -> found.inForce(day)).isPresent();
    }

    private static final class Standard {
        static final CodeLists LISTS = CodeListFiles.load("law/codes");
    }
}
