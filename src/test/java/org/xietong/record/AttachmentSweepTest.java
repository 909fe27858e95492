package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.Digests;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Papers;
import org.xietong.testing.Registered;
import org.xietong.testing.Stored;

/** What a crash leaves is removed: bytes half received, and bytes in the store that no committed exchange refers to. */
@QuarkusTest
@WithTestResource(CityResource.class)
class AttachmentSweepTest {
    @Inject
    AttachmentSweep sweep;

    @Inject
    AttachmentStore store;

    @Inject
    AttachmentConfig config;

    private final City city = City.current();

    @Test
    void removesWhatNobodyRefersToAndNothingElse() throws IOException {
        byte[] paper = Papers.pdf("kept", 1_000);
        String kept = attached(paper);
        Path half = old(
                Files.createDirectories(config.folder().resolve("quarantine")).resolve("half"), "%PDF-");
        Path orphan = old(config.folder().resolve("orphan"), "%PDF-1.7 orphan");
        String sha256 = Digests.hex(Digests.sha256(Files.readAllBytes(orphan)));
        store.keep(orphan, sha256);
        Path young = Files.writeString(config.folder().resolve("young"), "%PDF-1.7 young");
        String fresh = Digests.hex(Digests.sha256(Files.readAllBytes(young)));
        store.keep(young, fresh);
        age(kept);

        sweep.sweep(Instant.now().minus(Duration.ofMinutes(30)));

        assertFalse(Files.exists(half));
        assertEquals(-1, store.length(sha256));
        assertEquals(paper.length, store.length(kept));
        assertTrue(store.length(fresh) > 0, "its exchange may be about to commit");
    }

    /** Another replica has moved the bytes into the store and is about to commit: the sweep waits for it, and looks again. */
    @Test
    void waitsForAnUploadThatAnotherReplicaIsAboutToCommit() throws Exception {
        byte[] paper = Papers.pdf("replica " + UUID.randomUUID(), 1_000);
        announced(paper);
        String sha256 = Digests.hex(Digests.sha256(paper));
        Path moved = config.folder().resolve("moved");
        Files.createDirectories(config.folder());
        store.keep(Files.write(moved, paper), sha256);
        age(sha256);
        try (Connection replica = city.superuser().getConnection();
                Statement statement = replica.createStatement();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            replica.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('" + sha256 + "', 7263))");
            Future<?> sweeping = threads.submit(() -> {
                sweep.sweep(Instant.now().minus(Duration.ofMinutes(30)));
                return null;
            });
            Stored.await(
                    "the sweep waits",
                    Duration.ofSeconds(20),
                    () -> city.stored()
                                    .number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                            > 0);
            statement.execute("UPDATE xietong.attachment SET stored_at = now(), stored_in = gen_random_uuid()"
                    + " WHERE sha256 = decode('" + sha256 + "', 'hex')");
            replica.commit();
            sweeping.get();
        }
        assertEquals(paper.length, store.length(sha256));
    }

    @Test
    void theFoldersAreTheServicesAlone() throws IOException {
        attached(Papers.pdf("private", 500));
        for (String name : new String[] {"store", "quarantine"}) {
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(config.folder().resolve(name))));
        }
    }

    private String attached(byte[] paper) {
        assertEquals(
                200,
                city.call(City.MSA, "PUT", announced(paper) + "/content")
                        .contentType("application/pdf")
                        .body(paper)
                        .send()
                        .status());
        return Digests.hex(Digests.sha256(paper));
    }

    private String announced(byte[] paper) {
        String at = Registered.clue(city).path() + "/attachments";
        byte[] announced = city.call(City.MSA, "POST", at)
                .idempotencyKey()
                .body(City.utf8(Papers.announcement("笔录.pdf", "application/pdf", paper, "")))
                .send()
                .body();
        return at + "/" + new String(announced).replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }

    private void age(String sha256) throws IOException {
        Path file = config.folder()
                .resolve("store")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    private static Path old(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        return file;
    }
}
