package org.xietong.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A data source that keeps the statements which really pass through it, with their values, and has the database explain
 * them: nothing of them is copied into the test.
 */
public final class SentStatements {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource store;
    private final List<Sent> sent = new ArrayList<>();

    public SentStatements(DataSource store) {
        this.store = store;
    }

    /** One statement and the calls that bound its values. */
    private record Sent(String sql, List<Binding> bindings) {}

    private record Binding(Method setter, Object[] arguments) {}

    /** To be given to what is under test. */
    public DataSource recording() {
        return proxy(
                DataSource.class,
                store,
                (made, method, arguments) -> made instanceof Connection connection ? recording(connection) : made);
    }

    /** Forgets what passed so far. */
    public void clear() {
        sent.clear();
    }

    /**
     * Runs each statement that passed once more, explained.
     *
     * @param generic whether the plan must be the one for any values, as a statement gets that has been prepared long ago
     */
    public List<Plan> explain(boolean generic) throws SQLException, IOException {
        List<Plan> plans = new ArrayList<>();
        try (Connection connection = store.getConnection()) {
            connection
                    .createStatement()
                    .execute("SET plan_cache_mode = " + (generic ? "force_generic_plan" : "force_custom_plan"));
            for (Sent statement : List.copyOf(sent)) {
                plans.add(explain(connection, statement));
            }
        }
        return plans;
    }

    private static Plan explain(Connection connection, Sent sent) throws SQLException, IOException {
        try (PreparedStatement statement =
                connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sent.sql())) {
            for (Binding binding : sent.bindings()) {
                binding.setter().invoke(statement, binding.arguments());
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                JsonNode plan = JSON.readTree(row.getString(1)).get(0).get("Plan");
                return new Plan(plan);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection recording(Connection connection) {
        return proxy(Connection.class, connection, (made, method, arguments) -> {
            if (!method.getName().equals("prepareStatement")) {
                return made;
            }
            Sent statement = new Sent((String) arguments[0], new ArrayList<>());
            sent.add(statement);
            return recording((PreparedStatement) made, statement);
        });
    }

    private static PreparedStatement recording(PreparedStatement prepared, Sent statement) {
        return proxy(PreparedStatement.class, prepared, (made, method, arguments) -> {
            if (method.getName().startsWith("set") && method.getParameterCount() == 2) {
                statement.bindings().add(new Binding(method, arguments));
            }
            return made;
        });
    }

    private interface Observer {
        Object after(Object made, Method method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, T target, Observer observer) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return observer.after(method.invoke(target, arguments), method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader() == null ? SentStatements.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                handler));
    }

    /** What the database did for one statement. */
    public record Plan(JsonNode root) {
        /** Rows that were read from tables and indexes, those included that a filter then threw away. */
        public long rowsRead() {
            return scans(root).stream()
                    .mapToLong(scan -> Math.round(scan.path("Actual Loops").asDouble()
                            * (scan.path("Actual Rows").asDouble()
                                    + scan.path("Rows Removed by Filter").asDouble()
                                    + scan.path("Rows Removed by Index Recheck").asDouble())))
                    .sum();
        }

        /** Pages of the store, wherever they lay. */
        public long pagesRead() {
            return root.path("Shared Hit Blocks").asLong()
                    + root.path("Shared Read Blocks").asLong();
        }

        /** Tables that were read from end to end. */
        public List<String> readWhole() {
            return scans(root).stream()
                    .filter(scan -> scan.path("Node Type").asText().equals("Seq Scan"))
                    .map(scan -> scan.path("Relation Name").asText())
                    .toList();
        }

        private static List<JsonNode> scans(JsonNode node) {
            List<JsonNode> scans = new ArrayList<>();
            String type = node.path("Node Type").asText();
            if (type.endsWith("Scan") && !type.equals("Subquery Scan") && !type.equals("Bitmap Index Scan")) {
                scans.add(node);
            }
            node.path("Plans").forEach(child -> scans.addAll(scans(child)));
            return scans;
        }

        @Override
        public String toString() {
            return root.toPrettyString();
        }
    }
}
