package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Feedback to who handed a case over 反馈 (咸中法〔2021〕10号 art. 7): with the officer's words the service tells what the policy shows the
 * sender at that hour, and keeps what it told.
 */
@ApplicationScoped
class Feedback {
    private final Progress progress;
    private final FeedbackRows rows;

    Feedback(Progress progress, FeedbackRows rows) {
        this.progress = progress;
        this.rows = rows;
    }

    /** What is told. */
    record Told(List<FeedbackLine> lines, boolean complete) {}

    Told draw(RecordRow handedOver, Content content) {
        Set<UUID> suspects = content.toldOf();
        List<FeedbackLine> lines = Progress.lines(
                progress.draw(Progress.sender(handedOver), progress.answers(handedOver, content), suspects));
        return new Told(lines, Progress.isComplete(lines, suspects));
    }

    void keep(WriteContext context, RecordRow written, Told told) {
        rows.add(context, written, told.lines(), told.complete());
    }
}
