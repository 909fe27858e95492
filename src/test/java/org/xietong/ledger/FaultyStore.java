package org.xietong.ledger;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails once, at the n-th call that reaches PostgreSQL: a connection taken, a statement, a commit, a
 * rollback. The call has then taken effect, or has not; and the connection is lost, or is not.
 */
final class FaultyStore implements DataSource {
    /** What the caller is not told. */
    enum Effect {
        NOT_DONE,
        DONE
    }

    private static final Set<String> STATEMENTS = Set.of("executeQuery", "executeUpdate", "execute", "executeBatch");
    private static final Set<String> ENDS = Set.of("commit", "rollback");

    private final DataSource store;
    private Effect effect = Effect.NOT_DONE;
    private boolean lost;
    private final AtomicInteger left = new AtomicInteger();
    private volatile @Nullable String failedAt;

    /** One that works as the store below does, until told otherwise. */
    FaultyStore(DataSource store) {
        this.store = store;
    }

    /** @param at the call that fails, from 1 */
    void failOnce(int at, Effect effect, boolean lost) {
        this.effect = effect;
        this.lost = lost;
        left.set(at);
    }

    void failNoMore() {
        left.set(0);
    }

    /** The call that failed; null as long as none has. */
    @Nullable
    String failedAt() {
        return failedAt;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (left.decrementAndGet() == 0) {
            failedAt = "getConnection";
            throw new SQLException("injected", "08006");
        }
        Connection connection = store.getConnection();
        return (Connection) Proxy.newProxyInstance(
                FaultyStore.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    Call call = () -> method.invoke(connection, args);
                    if (ENDS.contains(method.getName())) {
                        return call(connection, method.getName(), call);
                    }
                    Object result = unwrapped(call);
                    return result instanceof PreparedStatement statement ? faulty(connection, statement) : result;
                });
    }

    private PreparedStatement faulty(Connection connection, PreparedStatement statement) {
        return (PreparedStatement) Proxy.newProxyInstance(
                FaultyStore.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, args) -> {
                    Call call = () -> method.invoke(statement, args);
                    return STATEMENTS.contains(method.getName())
                            ? call(connection, method.getName() + " " + statement, call)
                            : unwrapped(call);
                });
    }

    private interface Call {
        @Nullable
        Object run() throws IllegalAccessException, InvocationTargetException;
    }

    private @Nullable Object call(Connection connection, String name, Call call) throws Throwable {
        if (left.decrementAndGet() != 0) {
            return unwrapped(call);
        }
        failedAt = name;
        if (effect == Effect.DONE) {
            unwrapped(call);
        }
        if (lost) {
            connection.unwrap(Connection.class).abort(Runnable::run);
            showPool(connection);
        }
        throw new SQLException("injected", lost ? "08006" : "XX000");
    }

    /** A pool learns of a lost connection by the failure of a call that goes through it. */
    private static void showPool(Connection lost) {
        try {
            lost.rollback();
        } catch (SQLException noticed) {
            return;
        }
        throw new AssertionError("the connection still works");
    }

    private static @Nullable Object unwrapped(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("not of a pool");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
