package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

class DirectoryTest {
    private static final Supplier<DirectorySnapshot> UNREACHABLE = () -> {
        throw new IllegalStateException("the database is away");
    };

    private long nanos;
    private long askedFor;
    private Supplier<DirectorySnapshot> database = () -> snapshot(1);
    private final Directory directory = new Directory(this::read, () -> nanos);

    @AfterEach
    void stop() {
        directory.stop();
    }

    @Test
    void deniesBeforeItWasEverRead() {
        assertUnavailable();
        database = UNREACHABLE;
        directory.poll();
        assertUnavailable();
    }

    @Test
    void keepsTheSameSnapshotWhileTheVersionStands() {
        directory.poll();
        DirectorySnapshot first = directory.current();
        directory.poll();
        assertSame(first, directory.current());
        assertEquals(1, askedFor);
    }

    @Test
    void takesANewVersion() {
        directory.poll();
        database = () -> snapshot(2);
        directory.poll();
        assertEquals(2, directory.current().version());
    }

    @Test
    void takesAVersionThatWentBackAfterARestore() {
        database = () -> snapshot(9);
        directory.poll();
        database = () -> snapshot(3);
        directory.poll();
        assertEquals(3, directory.current().version());
    }

    @Test
    void deniesWhenItCouldNotBeConfirmedForFiveSeconds() {
        directory.poll();
        database = UNREACHABLE;
        nanos = Duration.ofSeconds(5).toNanos();
        directory.poll();
        assertEquals(1, directory.current().version());
        nanos += 1;
        directory.poll();
        assertUnavailable();
    }

    @Test
    void countsTheAgeFromBeforeTheReadingBegan() {
        database = () -> {
            nanos = Duration.ofSeconds(6).toNanos();
            return snapshot(1);
        };
        directory.poll();
        assertUnavailable();
    }

    @Test
    void servesAgainOnceItCanBeRead() {
        directory.poll();
        database = UNREACHABLE;
        nanos = Duration.ofSeconds(60).toNanos();
        directory.poll();
        assertUnavailable();
        database = () -> snapshot(1);
        directory.poll();
        assertEquals(1, directory.current().version());
    }

    @Test
    void outlivesAnErrorOfTheSource() {
        database = () -> {
            throw new StackOverflowError();
        };
        directory.poll();
        assertUnavailable();
    }

    private Optional<DirectorySnapshot> read(long known) {
        askedFor = known;
        DirectorySnapshot now = database.get();
        return now.version() == known ? Optional.empty() : Optional.of(now);
    }

    private void assertUnavailable() {
        ProblemException problem = assertThrows(ProblemException.class, directory::current);
        assertEquals(ProblemType.UNAVAILABLE, problem.type());
    }

    private static DirectorySnapshot snapshot(long version) {
        return new DirectorySnapshot(
                version, new Units(List.of()), Map.of(), List.of(), List.of(), List.of(), List.of());
    }
}
