package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.crypto.Suite;
import org.xietong.problem.ProblemException;
import org.xietong.testing.PostgresResource;

/** The directory as the service has it, beside a second replica on the same database. */
@QuarkusTest
@QuarkusTestResource(value = PostgresResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = PlatformKeysResource.class, restrictToAnnotatedClass = true)
class DirectoryWatchTest {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Inject
    Directory directory;

    @Inject
    DirectoryReader reader;

    @Inject
    PlatformKeys keys;

    @Inject
    Tokens tokens;

    @ConfigProperty(name = "xietong.database.url")
    String url;

    @ConfigProperty(name = "xietong.database.owner.username")
    String ownerName;

    @ConfigProperty(name = "xietong.database.owner.password")
    String ownerPassword;

    private DirectoryFolder files;
    private DirectoryAdmin admin;
    private Directory replica;

    @BeforeEach
    void fill() throws Exception {
        DataSource owner = owner();
        DirectoryFolder.empty(owner);
        files = new DirectoryFolder(folder);
        new DirectoryImport(owner, Clock.systemUTC()).run(files.read());
        admin = new DirectoryAdmin(owner);
        replica = new Directory(reader::readUnless, System::nanoTime);
        replica.start();
        await(() -> both(this::systemUsable));
    }

    @AfterEach
    void stop() {
        replica.stop();
    }

    @Test
    void everyReplicaStopsWhatIsSuspendedWithinFiveSeconds() throws Exception {
        for (Case suspended : List.of(
                new Case(Subject.SYSTEM, "MSA-421200-cms"),
                new Case(Subject.KEY, files.keyId("msa-cms")),
                new Case(Subject.UNIT, "MSA-421200"))) {
            admin.suspend(suspended.subject(), suspended.id());
            long committed = System.nanoTime();
            await(() -> both(d -> !systemUsable(d)));
            assertTrue(System.nanoTime() - committed < PROMISED.toNanos(), suspended.id());
            admin.resume(suspended.subject(), suspended.id());
            await(() -> both(this::systemUsable));
        }
    }

    @Test
    void everyReplicaStopsASuspendedOfficer() throws Exception {
        admin.suspend(Subject.OFFICER, "MSA-421200-007");
        await(() -> both(d -> !officerUsable(d)));
        admin.resume(Subject.OFFICER, "MSA-421200-007");
        await(() -> both(this::officerUsable));
    }

    @Test
    void readsUnitsSystemsAndRolesAsImported() {
        DirectorySnapshot now = directory.current();
        assertEquals("咸宁市市场监督管理局", now.units().find("MSA-421200").orElseThrow().name());
        assertTrue(now.units().isSuperior("COURT-421200", "COURT-421202"));
        assertEquals(
                Set.of(Role.AUDITOR), now.system("AUD-421200-log").orElseThrow().roles());
        assertEquals("执法人员", now.officer("MSA-421200-007").orElseThrow().title());
        assertTrue(now.usableUnit("MED-421200", Instant.now()).isEmpty());
    }

    @Test
    void tokensAndKeysComeFromTheConfiguration() {
        assertEquals(Suite.GM, keys.responseSigner(Suite.GM).algorithm().suite());
        UsableSystem caller = directory
                .current()
                .usableSystemKey(files.keyId("msa-cms"), Instant.now())
                .orElseThrow();
        String token = tokens.issue(caller.system(), files.keyId("msa-cms")).token();
        assertEquals("MSA-421200-cms", tokens.verify(token, caller).system());
    }

    private record Case(Subject subject, String id) {}

    private boolean both(Predicate<Directory> question) {
        return question.test(directory) && question.test(replica);
    }

    private boolean systemUsable(Directory asked) {
        return usable(asked, now -> now.usableSystemKey(files.keyId("msa-cms"), Instant.now()));
    }

    private boolean officerUsable(Directory asked) {
        return usable(asked, now -> now.usableOfficerKey(files.keyId("msa-007"), Instant.now()));
    }

    /** A directory that could not be confirmed denies, too. */
    private static boolean usable(Directory asked, Function<DirectorySnapshot, Optional<?>> found) {
        try {
            return found.apply(asked.current()).isPresent();
        } catch (ProblemException unavailable) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "the condition never came true");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private DataSource owner() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(ownerName);
        source.setPassword(ownerPassword);
        return source;
    }
}
