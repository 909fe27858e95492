package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** JSON as the store keeps it. What was stored by an older version may lack or carry fields that this one does not know. */
@ApplicationScoped
class StoredJson {
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    <T> T read(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw unreadable(type);
        }
    }

    <T> T read(String json, TypeReference<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw unreadable(type.getClass());
        }
    }

    /** An act, stored without the content that came with it: that stands in the version. */
    <C extends Content> ActDraft<C> readAct(String json, Class<C> content) {
        try {
            return mapper.readValue(json, mapper.getTypeFactory().constructParametricType(ActDraft.class, content));
        } catch (JsonProcessingException e) {
            throw unreadable(ActDraft.class);
        }
    }

    Map<String, String> attributes(String json) {
        return read(json, ATTRIBUTES);
    }

    String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw unreadable(value.getClass());
        }
    }

    /** Jackson's own exception quotes the document: it must not travel. */
    private static IllegalStateException unreadable(Class<?> type) {
        return new IllegalStateException("stored JSON does not fit " + type.getSimpleName());
    }
}
