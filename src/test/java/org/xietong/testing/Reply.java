package org.xietong.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer as it came over the wire, with what tests ask of it. */
public record Reply(int status, HttpHeaders headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stable code of a problem, or "" where the answer is none. */
    public String code() {
        return status < 400 || body.length == 0 ? "" : json().path("code").asText();
    }

    /** The faults of a problem, each as {@code field RULE}. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        json().path("faults")
                .forEach(fault -> faults.add(
                        fault.path("field").asText() + " " + fault.path("rule").asText()));
        return faults;
    }

    public Optional<String> exchangeId() {
        return headers.firstValue("Exchange-Id");
    }

    public String etag() {
        return headers.firstValue("ETag").orElseThrow();
    }

    public Reply requireStatus(int expected) {
        assertEquals(expected, status, text());
        return this;
    }

    /** RFC 9457, with the project's members. */
    public Reply requireProblem(int expected, String code) {
        assertEquals(code, code(), status + " " + text());
        assertEquals(expected, status, text());
        assertEquals("application/problem+json", headers.firstValue("Content-Type").orElse(""));
        assertEquals("urn:xietong:problem:" + code, json().path("type").asText());
        assertEquals(expected, json().path("status").asInt());
        assertFalse(json().path("title").asText().isEmpty());
        assertTrue(json().path("retryable").isBoolean());
        return this;
    }

    /** Refused before anybody was known: neither signed nor journaled (I3). */
    public Reply requireRefusedUnknown(int expected, String code) {
        requireProblem(expected, code);
        assertTrue(exchangeId().isEmpty(), "a refusal before authentication has no exchange");
        assertTrue(json().path("exchangeId").isMissingNode());
        assertTrue(headers.firstValue("Signature").isEmpty());
        return this;
    }

    /** Refused after authentication: signed, and with the id of its entry. */
    public Reply requireJournaledProblem(int expected, String code) {
        requireProblem(expected, code);
        assertEquals(exchangeId().orElse("none"), json().path("exchangeId").asText());
        assertTrue(headers.firstValue("Signature").isPresent());
        return this;
    }
}
