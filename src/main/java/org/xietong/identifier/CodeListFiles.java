package org.xietong.identifier;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code index.yaml} of a folder on the class path and each list that it names; refuses whatever is not sound. */
final class CodeListFiles {
    private static final Pattern LIST_ID = Pattern.compile("[a-z][a-z0-9-]{1,40}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final ObjectMapper YAML = YAMLMapper.builder(new YAMLFactory())
            .addModule(new JavaTimeModule())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private CodeListFiles() {}

    static CodeLists load(String folder) {
        List<CodeList> lists = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String id : read(folder + "/index.yaml", String[].class)) {
            CodeList list = read(folder + "/" + id + ".yaml", CodeList.class);
            require(id.equals(list.id()), id, "names itself otherwise");
            require(seen.add(id), id, "stands twice in the index");
            check(list);
            lists.add(new CodeList(
                    list.id(), list.zh(), list.en(), list.basis(), list.verified(), List.copyOf(list.entries())));
        }
        return new CodeLists(lists);
    }

    private static void check(CodeList list) {
        String id = list.id();
        require(LIST_ID.matcher(id).matches(), id, "has a malformed id");
        require(given(list.zh()) && given(list.en()) && given(list.basis()), id, "lacks a name or its basis");
        require(list.verified() != null, id, "does not say how far it was verified");
        require(list.entries() != null && !list.entries().isEmpty(), id, "has no entries");
        Set<String> codes = new HashSet<>();
        for (CodeEntry entry : list.entries()) {
            require(entry.code() != null && CODE.matcher(entry.code()).matches(), id, "has a malformed code");
            require(codes.add(entry.code()), id, "has the code " + entry.code() + " twice");
            require(given(entry.zh()) && given(entry.en()), id, "leaves " + entry.code() + " without a name");
            require(
                    entry.validFrom() == null
                            || entry.validTo() == null
                            || !entry.validTo().isBefore(entry.validFrom()),
                    id,
                    "ends " + entry.code() + " before it begins");
        }
    }

    private static <T> T read(String path, Class<T> type) {
        try (InputStream in = CodeListFiles.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("code list file " + path + " is missing");
            }
            T value = YAML.readValue(in, type);
            if (value == null) {
                throw new IllegalStateException("code list file " + path + " is empty");
            }
            return value;
        } catch (IOException malformed) {
            throw new IllegalStateException("code list file " + path + " cannot be read", malformed);
        }
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static void require(boolean sound, String list, String fault) {
        if (!sound) {
            throw new IllegalStateException("code list " + list + " " + fault);
        }
    }
}
