package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.VerificationKey;

class DirectorySnapshotTest {
    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
    private static final Validity AROUND_NOW = new Validity(NOW.minusSeconds(10), NOW.plusSeconds(10));
    private static final VerificationKey SYSTEM_KEY =
            VerificationKey.of(TestKeys.sm2("system").certificate());
    private static final VerificationKey OFFICER_KEY =
            VerificationKey.of(TestKeys.sm2("officer").certificate());

    private boolean upperActive = true;
    private boolean unitActive = true;
    private boolean systemActive = true;
    private boolean officerActive = true;
    private boolean keysActive = true;
    private Validity keyValidity = AROUND_NOW;
    private final Map<String, Validity> unitValidity =
            new HashMap<>(Map.of("MSA-420000", AROUND_NOW, "MSA-421200", AROUND_NOW));

    @Test
    void findsSystemAndUnitByKey() {
        UsableSystem found = snapshot().usableSystemKey(SYSTEM_KEY.keyId(), NOW).orElseThrow();
        assertEquals("MSA-421200-cms", found.system().id());
        assertEquals("MSA-421200", found.unit().id());
        assertEquals(SYSTEM_KEY.keyId(), found.key().key().keyId());
    }

    @Test
    void findsOfficerByKeyAndByName() {
        DirectorySnapshot snapshot = snapshot();
        assertEquals(
                "MSA-421200-007",
                snapshot.usableOfficerKey(OFFICER_KEY.keyId(), NOW)
                        .orElseThrow()
                        .officer()
                        .id());
        assertTrue(snapshot.usableOfficer("MSA-421200-007", NOW).isPresent());
    }

    @Test
    void neverTakesOneHoldersKeyForTheOthers() {
        DirectorySnapshot snapshot = snapshot();
        assertFalse(snapshot.usableSystemKey(OFFICER_KEY.keyId(), NOW).isPresent());
        assertFalse(snapshot.usableOfficerKey(SYSTEM_KEY.keyId(), NOW).isPresent());
    }

    @Test
    void deniesAnUnknownKey() {
        assertFalse(snapshot().usableSystemKey("00".repeat(32), NOW).isPresent());
    }

    @Test
    void deniesASuspendedKey() {
        keysActive = false;
        assertNothingUsable();
    }

    @Test
    void deniesAKeyBeforeAndAfterItsDates() {
        keyValidity = new Validity(NOW.plusSeconds(1), NOW.plusSeconds(9));
        assertNothingUsable();
        keyValidity = new Validity(NOW.minusSeconds(9), NOW);
        assertNothingUsable();
    }

    @Test
    void deniesASuspendedSystem() {
        systemActive = false;
        assertFalse(snapshot().usableSystemKey(SYSTEM_KEY.keyId(), NOW).isPresent());
        assertTrue(snapshot().usableOfficerKey(OFFICER_KEY.keyId(), NOW).isPresent());
    }

    @Test
    void deniesASuspendedOfficer() {
        officerActive = false;
        assertFalse(snapshot().usableOfficerKey(OFFICER_KEY.keyId(), NOW).isPresent());
        assertFalse(snapshot().usableOfficer("MSA-421200-007", NOW).isPresent());
    }

    @Test
    void deniesAllOfASuspendedUnit() {
        unitActive = false;
        assertNothingUsable();
        assertFalse(snapshot().usableOfficer("MSA-421200-007", NOW).isPresent());
    }

    @Test
    void deniesAllBelowASuspendedUnit() {
        upperActive = false;
        assertNothingUsable();
    }

    @Test
    void deniesAUnitOutOfItsDates() {
        unitValidity.put("MSA-421200", new Validity(NOW.minusSeconds(9), NOW));
        assertNothingUsable();
    }

    @Test
    void deniesAUnitWithoutDates() {
        unitValidity.remove("MSA-420000");
        assertNothingUsable();
    }

    @Test
    void stillFindsWhatIsSuspendedForHistory() {
        systemActive = false;
        keysActive = false;
        assertTrue(snapshot().system("MSA-421200-cms").isPresent());
        assertTrue(snapshot().key(SYSTEM_KEY.keyId()).isPresent());
    }

    private void assertNothingUsable() {
        assertFalse(snapshot().usableSystemKey(SYSTEM_KEY.keyId(), NOW).isPresent());
        assertFalse(snapshot().usableOfficerKey(OFFICER_KEY.keyId(), NOW).isPresent());
    }

    private DirectorySnapshot snapshot() {
        Unit upper = new Unit("MSA-420000", AgencyCode.MSA, "420000", "省局", Optional.empty(), "某某", "", upperActive);
        Unit unit =
                new Unit("MSA-421200", AgencyCode.MSA, "421200", "市局", Optional.of("MSA-420000"), "某某", "", unitActive);
        return new DirectorySnapshot(
                1,
                new Units(List.of(upper, unit)),
                unitValidity,
                List.of(new CaseSystem("MSA-421200-cms", "MSA-421200", "案件系统", Set.of(Role.CASE_SYSTEM), systemActive)),
                List.of(new Officer("MSA-421200-007", "MSA-421200", "某某", "执法人员", officerActive)),
                List.of(
                        key(SYSTEM_KEY, RegisteredKey.Holder.SYSTEM, "MSA-421200-cms"),
                        key(OFFICER_KEY, RegisteredKey.Holder.OFFICER, "MSA-421200-007")),
                List.of());
    }

    private RegisteredKey key(VerificationKey key, RegisteredKey.Holder holder, String id) {
        return new RegisteredKey(key, holder, id, keyValidity.from(), keyValidity.to(), keysActive);
    }
}
