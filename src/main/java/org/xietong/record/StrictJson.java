package org.xietong.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Bytes to a JSON tree, as narrow as I-JSON (RFC 7493): UTF-8 without BOM, no duplicate names, no trailing tokens, whole numbers
 * within ±(2^53 − 1) only (amounts are strings), no NUL and no unpaired surrogates (PostgreSQL cannot store U+0000, and JCS cannot
 * write the others). Every refusal is a {@link ProblemException} with pointer and rule, never with a value.
 */
public final class StrictJson {
    public static final int DEFAULT_MAX_DEPTH = 16;
    public static final int DEFAULT_MAX_BYTES = 1 << 20;
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final int MAX_NAME_LENGTH = 100;
    private static final long MAX_WHOLE = (1L << 53) - 1;

    private final int maxBytes;
    private final ObjectMapper mapper;

    public StrictJson(int maxDepth, int maxBytes) {
        this.maxBytes = maxBytes;
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(MAX_NAME_LENGTH)
                .maxStringLength(maxBytes)
                .build();
        mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(limits)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** The tree of a whole body; an empty body is malformed. */
    public JsonNode parse(byte[] body) {
        if (body.length > maxBytes) {
            throw new ProblemException(ProblemType.BODY_TOO_LARGE);
        }
        JsonNode tree = read(decode(body));
        if (tree == null || tree.isMissingNode()) {
            throw new ProblemException(ProblemType.MALFORMED);
        }
        List<FieldFault> faults = new ArrayList<>();
        checkScalars(tree, "", faults);
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
        return tree;
    }

    private JsonNode read(String text) {
        try (JsonParser parser = mapper.createParser(text)) {
            return mapper.readTree(parser);
        } catch (StreamConstraintsException limit) {
            throw refusal(limit);
        } catch (IOException malformed) {
            throw new ProblemException(ProblemType.MALFORMED);
        }
    }

    private static ProblemException refusal(StreamConstraintsException limit) {
        String message = limit.getOriginalMessage();
        if (message != null && message.contains("nesting depth")) {
            return new ProblemException(ProblemType.BODY_TOO_DEEP);
        }
        return new ProblemException(ProblemType.MALFORMED);
    }

    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new ProblemException(ProblemType.MALFORMED);
        }
    }

    private static void checkScalars(JsonNode node, String pointer, List<FieldFault> faults) {
        switch (node.getNodeType()) {
            case OBJECT ->
                node.properties().forEach(field -> {
                    if (!isStorable(field.getKey())) {
                        faults.add(new FieldFault(pointer, "CHARACTER"));
                    } else {
                        checkScalars(field.getValue(), Pointers.child(pointer, field.getKey()), faults);
                    }
                });
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    checkScalars(node.get(i), pointer + "/" + i, faults);
                }
            }
            case STRING -> {
                if (!isStorable(node.textValue())) {
                    faults.add(new FieldFault(pointer, "CHARACTER"));
                }
            }
            case NUMBER -> {
                if (!isWhole(node)) {
                    faults.add(new FieldFault(pointer, "NUMBER"));
                }
            }
            default -> {
                // true, false and null are always sound
            }
        }
    }

    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() <= MAX_WHOLE
                && number.longValue() >= -MAX_WHOLE;
    }

    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
