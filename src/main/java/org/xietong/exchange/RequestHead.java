package org.xietong.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.xietong.label.StateSecretGuard;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * What a request says outside its body. The journal keeps path, query and purpose, so the state-secret guard looks at
 * them as it does at a body (I7); and a query is read as strictly: a parameter that is unknown, doubled or empty is
 * refused, never ignored, since a filter that does not filter shows more than was asked for.
 */
@ApplicationScoped
class RequestHead {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** A byte sequence of a structured field (RFC 8941 §3.3.5), wherever it stands. */
    private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/=]{1,1024}):");

    private static final List<String> FREE_TEXT = List.of(
            ExchangeHeaders.PURPOSE,
            ExchangeHeaders.OFFICER,
            ExchangeHeaders.IDEMPOTENCY_KEY,
            ExchangeHeaders.IF_MATCH);

    private final StateSecretGuard guard = StateSecretGuard.load();
    private final Map<Method, Set<String>> parameters = new ConcurrentHashMap<>();

    /**
     * To be asked as soon as the sender is known, and before anything else of the head can fail.
     *
     * @throws ProblemException STATE_SECRET_REFUSED
     */
    void guard(Exchange exchange) {
        ObjectNode head = JSON.objectNode();
        ArrayNode path = head.putArray("path");
        for (String segment : exchange.request().path().split("/")) {
            path.add(decoded(segment.replace("+", "%2B")));
        }
        ArrayNode query = head.putArray("query");
        pairs(exchange).forEach(pair -> query.addObject().put(pair.name(), pair.value()));
        for (String name : FREE_TEXT) {
            exchange.header(name).ifPresent(value -> texts(value).forEach(head.withArray(name)::add));
        }
        guard.refuse(head);
    }

    /** @throws ProblemException INVALID_QUERY for a parameter that the method does not know, or that says nothing or twice */
    void checkQuery(Exchange exchange, Method method) {
        Set<String> known = parameters.computeIfAbsent(method, RequestHead::declared);
        Set<String> seen = new HashSet<>();
        for (Pair pair : pairs(exchange)) {
            if (!known.contains(pair.name())) {
                throw invalid("query", "UNKNOWN_PARAMETER");
            }
            if (!seen.add(pair.name())) {
                throw invalid(pair.name(), "DUPLICATE");
            }
            if (pair.value().isEmpty()) {
                throw invalid(pair.name(), "REQUIRED");
            }
            if (pair.value().indexOf('\u0000') >= 0) {
                throw invalid(pair.name(), "CHARACTER");
            }
        }
    }

    private record Pair(String name, String value) {}

    private static List<Pair> pairs(Exchange exchange) {
        String query = exchange.request().query();
        List<Pair> pairs = new ArrayList<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int mark = pair.indexOf('=');
            String value = mark < 0 ? "" : pair.substring(mark + 1);
            pairs.add(new Pair(decoded(mark < 0 ? pair : pair.substring(0, mark)), decoded(value)));
        }
        return pairs;
    }

    /** What is no percent-encoding stays as it is: it is looked at, and then refused for what it is. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /** The field as it stands, and every byte sequence in it as text. */
    private static List<String> texts(String field) {
        List<String> texts = new ArrayList<>(List.of(field));
        for (MatchResult bytes : BYTES.matcher(field).results().toList()) {
            try {
                texts.add(new String(Base64.getDecoder().decode(bytes.group(1)), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notBase64) {
                texts.add(bytes.group(1));
            }
        }
        return texts;
    }

    private static Set<String> declared(Method method) {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (query != null) {
                names.add(query.value());
            }
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    QueryParam named = field.getAnnotation(QueryParam.class);
                    if (named != null) {
                        names.add(named.value());
                    }
                }
            }
        }
        return Set.copyOf(names);
    }

    private static ProblemException invalid(String parameter, String rule) {
        return new ProblemException(ProblemType.INVALID_QUERY, new FieldFault(parameter, rule));
    }
}
