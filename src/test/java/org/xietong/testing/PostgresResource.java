package org.xietong.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.xietong.app.EmbeddedDatabase;

/**
 * Gives a {@code @QuarkusTest} the JVM's real database. With the argument {@code database=fresh} the test gets an
 * empty one of its own.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private boolean fresh;

    @Override
    public void init(Map<String, String> arguments) {
        fresh = "fresh".equals(arguments.get("database"));
    }

    @Override
    public Map<String, String> start() {
        TestDatabase database = TestDatabase.get();
        return database.configuration(fresh ? database.fresh() : EmbeddedDatabase.DATABASE);
    }

    /** The database stays for the tests that follow; it ends with the JVM. */
    @Override
    public void stop() {}
}
