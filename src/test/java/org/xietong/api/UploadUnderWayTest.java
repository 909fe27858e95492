package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.xietong.agency.DirectoryAdmin;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Papers;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** What happens while the bytes of an attachment come in, slowly: what holds at their end counts. */
@QuarkusTest
@WithTestResource(CityResource.class)
class UploadUnderWayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] PAPER = Papers.pdf("慢", 40_000);

    private final Casework work = new Casework();
    private final City city = work.city();

    @ConfigProperty(name = "xietong.attachments.folder")
    Path folder;

    @Test
    void aSystemSuspendedMeanwhileStoresNothing() throws SQLException {
        suspendedMeanwhile(Subject.SYSTEM, City.COPYRIGHT + "-cms");
    }

    @Test
    void anOfficerSuspendedMeanwhileStoresNothing() throws SQLException {
        suspendedMeanwhile(Subject.OFFICER, City.COPYRIGHT + "-001");
    }

    @Test
    void aKeyOfAnOfficerSuspendedMeanwhileStoresNothing() throws SQLException {
        suspendedMeanwhile(
                Subject.KEY, city.keys().officer(City.COPYRIGHT + "-001").keyId());
    }

    private void suspendedMeanwhile(Subject subject, String id) throws SQLException {
        DirectoryAdmin admin = new DirectoryAdmin(city.database(DatabaseRole.OWNER));
        Piece clue = work.clue(City.COPYRIGHT);
        String attachment = announce(City.COPYRIGHT, clue);
        Call put =
                city.signed(City.COPYRIGHT, 1, "PUT", content(clue, attachment)).contentType("application/pdf");
        try (HeldUpload upload = begin(put, 1)) {
            admin.suspend(subject, id);
            try {
                Stored.await(
                        "refused from now on",
                        PATIENCE,
                        () -> !read(City.COPYRIGHT).isEmpty());
                assertEquals(401, upload.finish());
            } finally {
                admin.resume(subject, id);
            }
        }
        Stored.await("admitted again", PATIENCE, () -> read(City.COPYRIGHT).isEmpty());
        assertEquals(0, stored(attachment));
        assertEquals(0, quarantined());
    }

    @Test
    void anAttachmentWithdrawnMeanwhileIsNotStored() {
        Piece clue = work.clue(City.MSA);
        String attachment = announce(City.MSA, clue);
        try (HeldUpload upload = begin(put(City.MSA, clue, attachment), 1)) {
            SignedAnswer withdrawn = city.signed(
                            City.MSA, 1, "POST", clue.path() + "/attachments/" + attachment + "/withdraw")
                    .idempotencyKey()
                    .body(City.utf8("{\"reason\": \"误传\", \"noStateSecret\": true}"))
                    .send();
            assertEquals(200, withdrawn.status(), Casework.text(withdrawn));
            assertEquals(410, upload.finish());
        }
        assertEquals(0, stored(attachment));
        assertEquals(0, quarantined());
    }

    @Test
    void twoAtOnceOfTheSameAttachmentStoreItOnce() {
        Piece clue = work.clue(City.MSA);
        String attachment = announce(City.MSA, clue);
        try (HeldUpload one = begin(put(City.MSA, clue, attachment), 1);
                HeldUpload other = begin(put(City.MSA, clue, attachment), 2)) {
            assertEquals(200, other.finish());
            assertEquals(200, one.finish());
        }
        assertEquals(1, stored(attachment));
        assertEquals(
                1,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.journal_part WHERE name = 'changed'"
                                        + " AND convert_from(bytes, 'UTF8') LIKE '%store-attachment%' || ? || '%'",
                                clue.id()));
        assertEquals(0, quarantined());
    }

    @Test
    void thatBreaksOffLeavesNothingAndMayBeSentAgain() {
        Piece clue = work.clue(City.MSA);
        String attachment = announce(City.MSA, clue);
        begin(put(City.MSA, clue, attachment), 1).close();
        Stored.await("nothing in quarantine", PATIENCE, () -> quarantined() == 0);
        assertEquals(0, stored(attachment));
        assertEquals(200, put(City.MSA, clue, attachment).body(PAPER).send().status());
    }

    /** More of them than the pool has connections, and everybody else works on. */
    @Test
    void holdsNoConnectionToTheDatabase() {
        List<HeldUpload> uploads = new ArrayList<>();
        try {
            for (String unit : List.of(City.MSA, City.IPO, City.COPYRIGHT, City.POLICE)) {
                Piece piece = unit.equals(City.POLICE)
                        ? work.create(unit, "filing", Drafts.filing(null, ""))
                        : work.clue(unit);
                for (int i = 0; i < 8; i++) {
                    uploads.add(begin(put(unit, piece, announce(unit, piece)), uploads.size() + 1));
                }
            }
            assertEquals("", read(City.MSA));
            work.clue(City.MSA);
            for (HeldUpload upload : uploads) {
                assertEquals(200, upload.finish());
            }
        } finally {
            uploads.forEach(HeldUpload::close);
        }
    }

    /** Begun, and so far come in that what was sent lies in quarantine, as the so-and-so-manieth. */
    private HeldUpload begin(Call put, int place) {
        HeldUpload upload = HeldUpload.begin(city, put, PAPER);
        Stored.await("the bytes are coming in", PATIENCE, () -> quarantined() >= place);
        return upload;
    }

    private Call put(String unit, Piece piece, String attachment) {
        return city.call(unit, "PUT", content(piece, attachment)).contentType("application/pdf");
    }

    private static String content(Piece piece, String attachment) {
        return piece.path() + "/attachments/" + attachment + "/content";
    }

    private String announce(String unit, Piece piece) {
        SignedAnswer announced = city.call(unit, "POST", piece.path() + "/attachments")
                .idempotencyKey()
                .body(City.utf8(Papers.announcement("检查笔录.pdf", "application/pdf", PAPER, "")))
                .send();
        assertEquals(201, announced.status(), Casework.text(announced));
        return Casework.json(announced).path("id").asText();
    }

    /** The problem of a read signed by system and officer; "" if it went well. */
    private String read(String unit) {
        return Wire.to(city.base())
                .send(city.signed(unit, 1, "GET", "/v1/clues?limit=1").prepare())
                .code();
    }

    private long stored(String attachment) {
        return city.stored()
                .number(
                        "SELECT count(*) FROM xietong.attachment WHERE id = ?::uuid AND stored_at IS NOT NULL",
                        attachment);
    }

    private long quarantined() {
        Path quarantine = folder.resolve("quarantine");
        if (!Files.isDirectory(quarantine)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(quarantine)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
