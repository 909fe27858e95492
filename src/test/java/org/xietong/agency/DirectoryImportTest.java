package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.app.DatabaseRole;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Suite;
import org.xietong.testing.TestDatabase;

class DirectoryImportTest {
    private static final TestDatabase DATABASE = TestDatabase.get();

    /** A self-signed authority's certificate (CA:TRUE) without key usage, as {@code openssl req -x509} makes it. */
    private static final String WITHOUT_KEY_CERT_SIGN = """
            -----BEGIN CERTIFICATE-----
            MIIBiTCCAS+gAwIBAgIUIa5+efl6hdZioY9KsWiCclVa8iIwCgYIKoZIzj0EAwIw
            GTEXMBUGA1UEAwwObm8ga2V5Q2VydFNpZ24wIBcNMjYxMTI4MTY0ODExWhgPMjEy
            NjExMDQxNjQ4MTFaMBkxFzAVBgNVBAMMDm5vIGtleUNlcnRTaWduMFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEMKIOdXeayBPyC876JPg9XrOt9bC/SDP3OAZbbGmP
            E4tkS2t4mN/tr55gw/IfN3KtHDNy6V70bGm8zUxjac3CCKNTMFEwHQYDVR0OBBYE
            FGOEi+cDIHHgvlrwiNXjNLIabkgdMB8GA1UdIwQYMBaAFGOEi+cDIHHgvlrwiNXj
            NLIabkgdMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhANujW6f8
            A/EKc047n86IVrSVJRXPsh1qQOhsXp2uB/cBAiAzU1MIG+lRRTkeiJg9OoIj+Dzn
            6pji5XE3gXUaMgtJfg==
            -----END CERTIFICATE-----
            """;

    @TempDir
    Path folder;

    private static DataSource owner;
    private DirectoryFolder files;

    @BeforeAll
    static void migrate() {
        String name = DATABASE.fresh();
        DATABASE.migrate(name);
        owner = DATABASE.as(DatabaseRole.OWNER, name);
    }

    @BeforeEach
    void empty() throws Exception {
        DirectoryFolder.empty(owner);
        files = new DirectoryFolder(folder);
    }

    @Test
    void bringsInTheExample() throws Exception {
        ImportReport report = run();
        assertEquals(new ImportReport(2, 9, 3, 2, 5, 2, List.of()), report);
        assertEquals("f", one("SELECT active FROM unit WHERE id = 'MED-421200'"));
        assertEquals("{AUDITOR}", one("SELECT roles FROM case_system WHERE id = 'AUD-421200-log'"));
        assertEquals("COURT-421200", one("SELECT parent FROM unit WHERE id = 'COURT-421202'"));
        assertEquals("2", one("SELECT count(*) FROM registered_key WHERE case_system = 'MSA-421200-cms'"));
        assertEquals(
                "2021-05-31 16:00:00", one("SELECT valid_from AT TIME ZONE 'UTC' FROM unit WHERE id = 'COURT-421200'"));
    }

    @Test
    void givesARoleToANewOfficerAndNeverBackToAKnownOne() throws Exception {
        files.replace("title: 执法人员", "title: 管理员\n    role: SECURITY_ADMIN");
        run();
        assertEquals("SECURITY_ADMIN", one("SELECT role FROM officer WHERE id = 'MSA-421200-007'"));
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE officer SET role = NULL");
        }
        run();
        assertNull(one("SELECT role FROM officer WHERE id = 'MSA-421200-007'"));
    }

    @Test
    void refusesAnUnknownRoleAndAConsoleThatDoesMore() throws Exception {
        files.replace("title: 执法人员", "title: 管理员\n    role: OWNER").replace("[AUDITOR]", "[AUDITOR, ADMINISTRATION]");
        assertRefused("officers[0].role", "systems[2].roles");
    }

    @Test
    void endsTheOldKeyOnTheDayThatTheFileSays() throws Exception {
        run();
        assertEquals(
                "2027-03-31 16:00:00",
                one("SELECT valid_to AT TIME ZONE 'UTC' FROM registered_key WHERE key_id = '"
                        + files.keyId("msa-cms-old") + "'"));
    }

    @Test
    void updatesWhatItKnowsAndRemovesNothing() throws Exception {
        run();
        files.replace("name: 市场监管案件系统", "name: 新系统")
                .replace("      - { file: certificates/msa-cms-old.pem, validTo: 2027-03-31 }\n", "");
        run();
        assertEquals("新系统", one("SELECT name FROM case_system WHERE id = 'MSA-421200-cms'"));
        assertEquals("2", one("SELECT count(*) FROM registered_key WHERE case_system = 'MSA-421200-cms'"));
    }

    @Test
    void liftsNoSuspension() throws Exception {
        run();
        DirectoryAdmin admin = new DirectoryAdmin(owner);
        admin.suspend(Subject.SYSTEM, "MSA-421200-cms");
        admin.suspend(Subject.KEY, files.keyId("msa-007"));
        assertEquals(List.of("system MSA-421200-cms", "key " + files.keyId("msa-007")), run().stillSuspended());
        assertEquals("f", one("SELECT active FROM case_system WHERE id = 'MSA-421200-cms'"));
    }

    /** A renewed certificate for a private key that is stopped would lift its suspension. */
    @Test
    void refusesARenewedCertificateOfASuspendedKey() throws Exception {
        run();
        KeyFile renewed = TestKeys.renewed(files.key("msa-007"));
        new DirectoryAdmin(owner).suspend(Subject.KEY, files.keyId("msa-007"));
        files.write("msa-007", renewed);
        assertRefused("officers[0].certificates[0].file");
    }

    /** Else all that it has certified is refused, one by one, and nobody is told why. */
    @Test
    void refusesAnAuthorityWhoseCertificateMayNotSignOthers() throws Exception {
        run();
        Files.writeString(folder.resolve("certificates/root-intl.pem"), WITHOUT_KEY_CERT_SIGN);
        assertRefused("authorities[1].file");
    }

    @Test
    void refusesAnUnknownAgency() throws Exception {
        files.replace("agency: IPO", "agency: CUSTOMS");
        assertRefused("units[5].agency");
    }

    @Test
    void refusesADivisionThatIsNotSixDigits() throws Exception {
        files.replace(
                "id: PROC-421200\n    agency: PROC\n    division: \"421200\"",
                "id: PROC-42120\n    agency: PROC\n    division: \"42120\"");
        assertRefused("units[2].division");
    }

    @Test
    void refusesAnIdThatTellsAnotherDivision() throws Exception {
        files.replace("id: PROC-421200", "id: PROC-421202");
        assertRefused("units[2].id");
    }

    @Test
    void refusesAMissingParent() throws Exception {
        files.replace("parent: COURT-421200", "parent: COURT-420000");
        assertRefused("units[1].parent");
    }

    @Test
    void refusesAParentOfAnotherAgency() throws Exception {
        files.replace("parent: COURT-421200", "parent: PROC-421200");
        assertRefused("units[1].parent");
    }

    @Test
    void refusesAUnitAboveItself() throws Exception {
        files.replace("name: 咸宁市中级人民法院", "name: 咸宁市中级人民法院\n    parent: COURT-421202");
        assertRefused("units[1].parent");
    }

    @Test
    void refusesAnActiveUnitWithoutResponsiblePerson() throws Exception {
        files.replace(
                "    # 责任人员尚未明确，先登记、不启用（第十条）。 No responsible person yet: registered, not active (article 10).\n    suspended: true\n",
                "");
        assertRefused("units[7].responsible");
    }

    /** Whom to ring shows on each of its records (article 10). */
    @Test
    void refusesAnActiveUnitWithoutTelephone() throws Exception {
        files.replace("telephone: 0715-0000001", "telephone: 无");
        assertRefused("units[0].telephone");
    }

    @Test
    void refusesAUnitThatEndsBeforeItBegins() throws Exception {
        files.replace("validFrom: 2021-06-01", "validFrom: 2021-06-01\n    validTo: 2021-05-31");
        assertRefused("units[0].validTo");
    }

    @Test
    void refusesASystemOfAnUnknownUnit() throws Exception {
        files.replace(
                "id: POLICE-421200-cms\n    unit: POLICE-421200", "id: POLICE-421299-cms\n    unit: POLICE-421299");
        assertRefused("systems[1].unit");
    }

    @Test
    void refusesAnOfficerOfAnUnknownUnit() throws Exception {
        files.replace("id: MSA-421200-008\n    unit: MSA-421200", "id: MSA-421299-008\n    unit: MSA-421299");
        assertRefused("officers[1].unit");
    }

    @Test
    void refusesAnOfficerWhoseIdTellsAnotherUnit() throws Exception {
        files.replace("id: MSA-421200-008", "id: IPO-421200-008");
        assertRefused("officers[1].id");
    }

    @Test
    void refusesAnUnknownRole() throws Exception {
        files.replace("[AUDITOR]", "[ADMIN]");
        assertRefused("systems[2].roles");
    }

    @Test
    void refusesAnAuditorWithinACaseAgency() throws Exception {
        files.replace("name: 公安案件系统", "name: 公安案件系统\n    roles: [CASE_SYSTEM, AUDITOR]");
        assertRefused("systems[1].roles");
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() throws Exception {
        DemonstrationAuthority other = DemonstrationAuthority.create(Suite.GM, TestKeys.FROM, TestKeys.TO);
        files.write("police-cms", other.issue(KeyAlgorithm.SM2, "police", TestKeys.FROM, TestKeys.TO));
        assertRefused("systems[1].certificates[0].file");
    }

    @Test
    void refusesASelfSignedCertificate() throws Exception {
        files.write("police-cms", KeyFile.generate(KeyAlgorithm.SM2, "police", TestKeys.FROM, TestKeys.TO));
        assertRefused("systems[1].certificates[0].file");
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        files.write(
                "police-cms",
                TestKeys.GM.issue(KeyAlgorithm.SM2, "police", TestKeys.FROM, TestKeys.FROM.plusSeconds(60)));
        assertRefused("systems[1].certificates[0].file");
    }

    @Test
    void registersACertificateAheadOfItsTime() throws Exception {
        files.write(
                "police-cms",
                TestKeys.GM.issue(KeyAlgorithm.SM2, "police", TestKeys.FROM.plus(Duration.ofDays(30)), TestKeys.TO));
        assertEquals(5, run().keys());
    }

    @Test
    void keepsARegisteredCertificateThatHasExpired() throws Exception {
        run();
        Clock later = Clock.fixed(TestKeys.TO.plusSeconds(60), ZoneOffset.UTC);
        assertEquals(5, new DirectoryImport(owner, later).run(files.read()).keys());
    }

    @Test
    void refusesACertificateTwiceInOneFile() throws Exception {
        files.replace("certificates/police-cms.pem", "certificates/msa-cms.pem");
        assertRefused("systems[1].certificates[0].file");
    }

    @Test
    void refusesACertificateThatIsRegisteredToSomeoneElse() throws Exception {
        run();
        files.replace("title: 科长", "title: 科长\n    certificates: [{ file: certificates/msa-007-again.pem }]")
                .replace("      - { file: certificates/msa-007.pem }", "      - { file: certificates/msa-007-new.pem }")
                .write("msa-007-new", TestKeys.sm2("new"));
        Files.copy(folder.resolve("certificates/msa-007.pem"), folder.resolve("certificates/msa-007-again.pem"));
        assertRefused("officers[1].certificates[0].file");
    }

    @Test
    void refusesOnePrivateKeyForTwoPersonsUnderTwoCertificates() throws Exception {
        KeyFile first = TestKeys.sm2("first");
        KeyFile second =
                first.withCertificate(TestKeys.GM.issue(first.request(), TestKeys.FROM, TestKeys.TO.minusSeconds(60)));
        files.write("msa-007", first)
                .write("msa-008", second)
                .replace("title: 科长", "title: 科长\n    certificates: [{ file: certificates/msa-008.pem }]");
        assertRefused("officers[1].certificates[0].file");
    }

    @Test
    void refusesAnAuthorityThatIsNone() throws Exception {
        files.write("root-intl", TestKeys.p256("no authority"));
        assertRefused("authorities[1].file", "systems[2].certificates[0].file");
    }

    @Test
    void refusesAMissingFileAndOneThatIsNoCertificate() throws Exception {
        Files.delete(folder.resolve("certificates/police-cms.pem"));
        Files.writeString(folder.resolve("certificates/aud-log.pem"), "nothing");
        assertRefused("systems[1].certificates[0].file", "systems[2].certificates[0].file");
    }

    @Test
    void refusesDatesThatTheCertificateDoesNotHave() throws Exception {
        files.replace("validTo: 2027-03-31", "validTo: 2020-03-31");
        assertRefused("systems[0].certificates[0]");
    }

    @Test
    void refusesAnUnknownField() throws Exception {
        files.replace("telephone: 0715-0000001", "phone: 0715-0000001");
        assertRefused("units[0].phone");
    }

    @Test
    void refusesTextThatIsNoYaml() {
        files.replace("authorities:", "authorities: [");
        assertThrows(DirectoryException.class, files::read);
    }

    @Test
    void namesAllFaultsAtOnce() throws Exception {
        files.replace("agency: IPO", "agency: CUSTOMS").replace("[AUDITOR]", "[ADMIN]");
        assertRefused("units[5].agency", "systems[2].roles");
    }

    /** A line that got lost would have packets sealed by a passphrase, and receipts checked by nobody. */
    @Test
    void aCertificateOfSomebodyOutsideGoesByAWordAndNotByALostLine() throws Exception {
        run();
        String registered = "SELECT certificate IS NOT NULL FROM outside_recipient";
        files.replace("\n    certificate: certificates/out-ipcourt.pem", "");
        assertRefused("outsideRecipients[0].certificate");
        assertEquals("t", one(registered));
        files.replace("nameEn: Wuhan", "passphrase: true\n    nameEn: Wuhan");
        run();
        assertEquals("f", one(registered));
        files.replace("passphrase: true\n    ", "");
        run();
        files.replace("nameEn: Wuhan", "certificate: certificates/out-ipcourt.pem\n    nameEn: Wuhan");
        run();
        assertEquals("t", one(registered));
        files.replace("nameEn: Wuhan", "passphrase: true\n    nameEn: Wuhan");
        assertRefused("outsideRecipients[0].passphrase");
    }

    private ImportReport run() throws SQLException, IOException {
        return new DirectoryImport(owner, Clock.systemUTC()).run(files.read());
    }

    /** Refused for these fields at least, and nothing of this file was written. */
    private void assertRefused(String... fields) throws SQLException {
        String before = one("SELECT version FROM directory_state");
        DirectoryException refused = assertThrows(DirectoryException.class, this::run);
        for (String field : fields) {
            assertTrue(
                    refused.faults().stream()
                            .anyMatch(line -> line.startsWith(field + "：") || line.startsWith(field + " (")),
                    refused.getMessage());
        }
        assertEquals(before, one("SELECT version FROM directory_state"));
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
