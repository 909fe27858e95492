package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.app.DatabaseRole;
import org.xietong.testing.Race;
import org.xietong.testing.TestDatabase;

/**
 * What the database holds on its own, whatever the service's role asks of it, as an injected statement would: two
 * persons, their roles, their keys, and exactly what was proposed (I11, ADR 0012).
 */
class AdministrationRightsTest {
    private static final String DENIED = "42501";
    private static final TestDatabase DATABASE = TestDatabase.get();
    private static final String SYSTEM = "AUD-421200-101";
    private static final String SECURITY = "AUD-421200-102";
    private static final String CASES = "AUD-421200-001";

    private DataSource app;
    private DataSource owner;

    @BeforeEach
    void fill() throws SQLException {
        String database = DATABASE.fresh();
        DATABASE.migrate(database);
        app = DATABASE.as(DatabaseRole.APP, database);
        owner = DATABASE.as(DatabaseRole.OWNER, database);
        run(owner, """
                INSERT INTO unit (id, agency, division, name, responsible, active, valid_from)
                VALUES ('AUD-421200', 'AUD', '421200', '审计', '某某', true, '2020-01-01');
                INSERT INTO officer (id, unit, name, active, role) VALUES
                    ('%s', 'AUD-421200', '某某', true, 'SYSTEM_ADMIN'),
                    ('%s', 'AUD-421200', '某某', true, 'SECURITY_ADMIN'),
                    ('%s', 'AUD-421200', '某某', true, NULL);
                INSERT INTO registered_key (key_id, certificate, public_key, officer, valid_from, valid_to, active)
                SELECT encode(sha256(convert_to(id, 'UTF8')), 'hex'), '\\x00', encode(sha256(convert_to(id, 'UTF8')), 'hex'),
                    id, '2020-01-01', '2100-01-01', true FROM officer
                """.formatted(SYSTEM, SECURITY, CASES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO directory_change SELECT * FROM directory_change",
                "UPDATE directory_change SET decision = 'APPROVED'",
                "DELETE FROM directory_change",
                "UPDATE admin_act SET approved_by = '{SYSTEM_ADMIN}'",
                "INSERT INTO unit_former_name VALUES ('AUD-421200', 'x', now(), now())",
                "UPDATE officer SET role = 'SECURITY_ADMIN'",
                "UPDATE registered_key SET active = true",
                "SELECT apply_directory_change('ROLE_END', 'AUD-421200-102', '{}')",
                "SELECT require_administrator('AUD-421200-102', 'x', '{}')",
                "SELECT administrators_left()"
            })
    void theServiceHasNoOtherWay(String sql) {
        assertEquals(DENIED, state(sql));
    }

    @Test
    void nobodyWithoutTheRoleOrTheKeyStartsAnything() {
        assertEquals("XT403", state(start(CASES, CASES)));
        assertEquals("XT403", state(start(SYSTEM, SECURITY)));
        assertEquals("XT403", state(start("AUD-421200-999", SYSTEM)));
    }

    @Test
    void nothingWidensWithOnePerson() throws SQLException {
        UUID change = proposed(SECURITY);
        assertEquals("XT403", state(decide(change, digest(change), SECURITY)));
        UUID other = proposed(SYSTEM);
        assertEquals("XT403", state(decide(other, digest(other), SYSTEM)));
        assertEquals("XT403", state(decide(other, digest(other), CASES)));
        assertEquals("0", one("SELECT count(*) FROM officer WHERE id = 'AUD-421200-777'"));
    }

    @Test
    void whatIsAppliedIsWhatWasProposed() throws SQLException {
        UUID change = proposed(SYSTEM);
        assertEquals("XT409", state(decide(change, "0".repeat(64), SECURITY)));
        run(app, decide(change, digest(change), SECURITY));
        assertEquals("甲", one("SELECT name FROM officer WHERE id = 'AUD-421200-777'"));
        assertEquals("XT409", state(decide(change, digest(change), SECURITY)));
    }

    @Test
    void aSuspendedKeyOrAnEndedRoleApprovesNothing() throws SQLException {
        UUID change = proposed(SYSTEM);
        run(owner, "UPDATE registered_key SET active = false WHERE officer = '" + SECURITY + "'");
        assertEquals("XT403", state(decide(change, digest(change), SECURITY)));
        run(
                owner,
                "UPDATE registered_key SET active = true",
                "UPDATE officer SET role = NULL WHERE id = '" + SYSTEM + "'");
        assertEquals("XT409", state(decide(change, digest(change), SECURITY)));
    }

    /** One of them is suspended first, and may then suspend nobody. */
    @Test
    void ofTwoWhoSuspendEachOtherAtOnceOneStays() throws SQLException {
        run(owner, "UPDATE officer SET role = 'SECURITY_ADMIN' WHERE id = '" + CASES + "'");
        List<String> states = Race.run(List.of(() -> suspend(SECURITY, CASES), () -> suspend(CASES, SECURITY)));
        assertEquals(List.of("", "XT403"), states.stream().sorted().toList());
        assertEquals("1", one("SELECT count(*) FROM officer WHERE active AND role = 'SECURITY_ADMIN'"));
    }

    private String suspend(String by, String whom) {
        try {
            run(
                    app,
                    "SELECT admin_start('%s', 'OFFICER_SUSPEND', '%s', 'AUD-421200', '%s', '%s', %s, NULL)"
                            .formatted(
                                    UUID.randomUUID(),
                                    whom,
                                    "{\"act\":\"OFFICER_SUSPEND\",\"row\":{},\"subject\":\"" + whom + "\"}",
                                    by,
                                    key(by)));
            return "";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    @Test
    void aContentUnderAnotherActsNameIsRefused() {
        assertEquals(
                "XT409",
                state(
                        "SELECT admin_start('%s', 'OFFICER_SUSPEND', 'AUD-421200-001', 'AUD-421200', '%s', '%s', %s, NULL)"
                                .formatted(UUID.randomUUID(), content(), SYSTEM, key(SYSTEM))));
    }

    /** One private key is one person, whatever the service asks; and what was stopped does not come back renewed. */
    @Test
    void aPrivateKeyIsRegisteredToNoSecondHolderNorAnewWhileItIsStopped() throws SQLException {
        UUID toAnother = registration("\\x01", CASES, key(SECURITY));
        assertEquals("XT409", state(decide(toAnother, digest(toAnother), SECURITY)));
        UUID renewed = registration("\\x02", CASES, key(CASES));
        run(owner, "UPDATE registered_key SET active = false WHERE officer = '" + CASES + "'");
        assertEquals("XT409", state(decide(renewed, digest(renewed), SECURITY)));
        run(owner, "UPDATE registered_key SET active = true WHERE officer = '" + CASES + "'");
        run(app, decide(renewed, digest(renewed), SECURITY));
        assertEquals("2", one("SELECT count(*) FROM registered_key WHERE officer = '" + CASES + "'"));
    }

    private UUID registration(String der, String officer, String publicKey) throws SQLException {
        UUID change = UUID.randomUUID();
        run(app, """
                SELECT admin_start('%s', 'KEY_REGISTER', encode(sha256('%s'), 'hex'), 'AUD-421200', jsonb_build_object(
                    'act', 'KEY_REGISTER', 'subject', encode(sha256('%2$s'), 'hex'), 'row', jsonb_build_object(
                        'der', encode('%2$s'::bytea, 'base64'), 'publicKey', %s, 'officer', '%s',
                        'validFrom', '2020-01-01', 'validTo', '2100-01-01'))::text, '%s', %s, now() + interval '1 day')
                """.formatted(change, der, publicKey, officer, SYSTEM, key(SYSTEM)));
        return change;
    }

    /** Whoever ends his own role, to read cases again, finds himself suspended. */
    @Test
    void theEndOfARoleSuspendsTheOfficer() throws SQLException {
        run(owner, "UPDATE officer SET role = 'SECURITY_ADMIN' WHERE id = '" + CASES + "'");
        run(
                app,
                "SELECT admin_start('%s', 'ROLE_END', '%s', 'AUD-421200', '%s', '%s', %s, NULL)"
                        .formatted(
                                UUID.randomUUID(),
                                CASES,
                                "{\"act\":\"ROLE_END\",\"row\":{},\"subject\":\"" + CASES + "\"}",
                                CASES,
                                key(CASES)));
        assertEquals("f", one("SELECT active FROM officer WHERE role IS NULL AND id = '" + CASES + "'"));
    }

    /** Functions that run as the owner: for the service alone, and never by a search path that others could write to. */
    @Test
    void nobodyElseRunsAnythingAsTheOwner() throws SQLException {
        assertEquals(
                "admin_decide,admin_lock,admin_start",
                one("SELECT string_agg(proname, ',' ORDER BY proname) FROM pg_proc"
                        + " WHERE prosecdef AND pronamespace = 'xietong'::regnamespace AND proname LIKE 'admin%'"));
        assertEquals(
                "0",
                one(
                        "SELECT count(*) FROM pg_proc p, unnest(ARRAY['xietong_auditor', 'xietong_sequencer', 'xietong_eraser'])"
                                + " AS other WHERE prosecdef AND pronamespace = 'xietong'::regnamespace AND proname LIKE 'admin%'"
                                + " AND has_function_privilege(other, p.oid, 'EXECUTE')"));
        assertEquals(
                "0",
                one("SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace = 'xietong'::regnamespace"
                        + " AND NOT coalesce(proconfig @> ARRAY['search_path=xietong, pg_temp'], false)"));
        assertEquals("f", one("SELECT has_schema_privilege('xietong_app', 'xietong', 'CREATE')"));
        assertEquals("f", one("SELECT has_database_privilege('xietong_app', current_database(), 'TEMP')"));
    }

    @Test
    void nobodyHoldsTwoRoles() {
        assertEquals("23514", stateAs(owner, "UPDATE officer SET role = 'SYSTEM_ADMIN,AUDIT_ADMIN'"));
    }

    @Test
    void neitherOwnerNorServiceRemovesAChange() throws SQLException {
        proposed(SYSTEM);
        assertEquals("55000", stateAs(owner, "DELETE FROM directory_change"));
        assertEquals("55000", stateAs(owner, "TRUNCATE directory_change"));
        assertEquals("55000", stateAs(owner, "UPDATE directory_change SET subject = 'x'"));
    }

    private UUID proposed(String officer) throws SQLException {
        String start = start(officer, officer);
        run(app, start);
        return UUID.fromString(start.substring(start.indexOf('\'') + 1, start.indexOf('\'') + 37));
    }

    private static String start(String officer, String keyOf) {
        return "SELECT admin_start('%s', 'OFFICER_REGISTER', 'AUD-421200-777', 'AUD-421200', '%s', '%s', %s, now() + interval '1 day')"
                .formatted(UUID.randomUUID(), content(), officer, key(keyOf));
    }

    private static String content() {
        return "{\"act\":\"OFFICER_REGISTER\",\"row\":{\"name\":\"甲\",\"title\":\"\",\"unit\":\"AUD-421200\"},"
                + "\"subject\":\"AUD-421200-777\"}";
    }

    private static String decide(UUID change, String digest, String officer) {
        return "SELECT admin_decide('%s', '%s', 'APPROVED', '%s', %s, '%s')"
                .formatted(change, digest, officer, key(officer), UUID.randomUUID());
    }

    private String digest(UUID change) throws SQLException {
        return one("SELECT digest FROM directory_change WHERE id = '" + change + "'");
    }

    private static String key(String officer) {
        return "encode(sha256(convert_to('" + officer + "', 'UTF8')), 'hex')";
    }

    private String state(String sql) {
        return stateAs(app, sql);
    }

    private static String stateAs(DataSource role, String sql) {
        return assertThrows(SQLException.class, () -> run(role, sql), sql).getSQLState();
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = app.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(DataSource role, String... statements) throws SQLException {
        try (Connection connection = role.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
