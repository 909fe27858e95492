package org.xietong.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code deploy/database/roles.sql}: the same script that an operator runs, with its passwords filled in. */
final class RoleScript {
    private static final String RESOURCE = "/database/roles.sql";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_]+)}");

    private RoleScript() {}

    /** Runs the script in one transaction, as superuser, in the database that the roles are for. */
    static void run(Connection superuser, DatabasePasswords passwords) throws SQLException {
        String script = filled(passwords);
        superuser.setAutoCommit(false);
        try (Statement statement = superuser.createStatement()) {
            statement.execute(script);
        }
        superuser.commit();
    }

    private static String filled(DatabasePasswords passwords) {
        Matcher matcher = PLACEHOLDER.matcher(text());
        return matcher.replaceAll(found -> Matcher.quoteReplacement(password(found.group(1), passwords)));
    }

    private static String password(String placeholder, DatabasePasswords passwords) {
        for (DatabaseRole role : DatabaseRole.values()) {
            if (role.placeholder().equals(placeholder)) {
                return passwords.of(role);
            }
        }
        throw new IllegalStateException("roles.sql: unknown placeholder " + placeholder);
    }

    private static String text() {
        try (InputStream in = RoleScript.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
