package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xietong.testing.CityResource;

/** Every example of the guides to kinds, transfers, supervision and requests, sent in its order, does what the guide says: nothing there is refused. */
@QuarkusTest
@WithTestResource(CityResource.class)
class KindsGuideTest {
    @Test
    void everyExampleOfTheKindsIsTaken() throws IOException {
        List<String> paths = new GuideExamples().send(Path.of("docs/guides/kinds.md"));
        for (String kind : List.of(
                "clue",
                "filing",
                "investigation",
                "arrest",
                "prosecution",
                "judgment",
                "enforcement",
                "supervision",
                "request")) {
            assertTrue(paths.contains("/v1/" + kind + "s"), kind);
        }
        assertTrue(paths.contains("/v1/penalties"));
    }

    @Test
    void everyExampleOfATransferIsTaken() throws IOException {
        List<String> paths = new GuideExamples().send(Path.of("docs/guides/transfers.md"));
        for (String act : List.of(
                "approve", "dispatch", "receive", "ask", "complete", "acknowledge", "file", "hand-over", "feedback")) {
            assertTrue(paths.contains("/v1/transfers/{transfer}/acts/" + act), act);
        }
        assertTrue(paths.contains("/v1/deadlines?whose=OVERSEEN&when=OVERDUE"));
    }

    @Test
    void everyExampleOfASupervisionIsTaken() throws IOException {
        List<String> paths = new GuideExamples().send(Path.of("docs/guides/supervisions.md"));
        for (String act : List.of(
                "serve",
                "answer",
                "order",
                "comply",
                "inform",
                "remind",
                "suspend",
                "resume",
                "request",
                "assign",
                "attend",
                "opine",
                "follow-up",
                "close")) {
            assertTrue(paths.contains("/v1/supervisions/{supervision}/acts/" + act), act);
        }
    }

    @Test
    void everyExampleOfARequestIsTaken() throws IOException {
        List<String> paths = new GuideExamples().send(Path.of("docs/guides/requests.md"));
        for (String act : List.of("send", "receive", "answer-in-part", "ask", "answer", "refuse", "withdraw")) {
            assertTrue(paths.contains("/v1/requests/{request}/acts/" + act), act);
        }
        assertTrue(paths.contains("/v1/requests/{request}/deliveries"));
        assertTrue(paths.contains("/v1/deadlines?whose=MINE"));
    }
}
