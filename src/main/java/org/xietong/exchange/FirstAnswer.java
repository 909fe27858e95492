package org.xietong.exchange;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.ChangeView;
import org.xietong.audit.InquiryView;
import org.xietong.record.AttachmentView;
import org.xietong.record.Committed;
import org.xietong.record.ErasureView;
import org.xietong.record.GrantView;
import org.xietong.record.LabelLoweringView;
import org.xietong.record.PacketView;
import org.xietong.record.RecordView;
import org.xietong.record.SpillView;
import org.xietong.record.Written;

/** What is remembered of a committed write under its idempotency key, and told to who sends the same request again. */
final class FirstAnswer {
    private FirstAnswer() {}

    /** Of a resource's result; empty where there is nothing to remember. */
    static Optional<Committed> of(@Nullable Object result) {
        return switch (result) {
            case Committed written -> Optional.of(written);
            case ChangeView change -> Optional.of(new OfDirectory(change.id()));
            case null, default -> Optional.empty();
        };
    }

    /** The directory's room lies below records and knows no {@link Committed}. */
    private record OfDirectory(UUID id) implements Committed {
        @Override
        public String kind() {
            return ChangeView.KIND;
        }
    }

    /** The answer to the same request once more: what the first one did, without content. */
    static Object again(Operation operation, Idempotency.Remembered first) {
        if (first.kind().equals(ChangeView.KIND)) {
            return ChangeView.repeated(first.record(), first.exchange());
        }
        if (first.kind().equals(InquiryView.KIND)) {
            return InquiryView.repeated(first.record(), first.exchange());
        }
        if (first.kind().equals(AttachmentView.KIND)) {
            return AttachmentView.repeated(first.record(), first.exchange());
        }
        if (first.kind().equals(ErasureView.KIND)) {
            return ErasureView.repeated(first.record(), first.exchange());
        }
        if (first.kind().equals(SpillView.KIND)) {
            return SpillView.repeated(first.record(), first.exchange());
        }
        if (first.kind().equals(PacketView.KIND)) {
            return PacketView.repeated(first.record(), first.exchange());
        }
        if (Written.isKind(first.kind())) {
            return Written.repeated(first.kind(), first.record(), first.exchange());
        }
        return switch (operation) {
            case LABEL_LOWERING_PROPOSE -> LabelLoweringView.repeated(first.kind(), first.record(), first.exchange());
            case GRANT_PROPOSE, GRANT_APPROVE, GRANT_REVOKE ->
                GrantView.repeated(first.kind(), first.record(), first.exchange());
            default ->
                RecordView.repeated(
                        first.kind(), first.record(), first.shownVersion().orElse(null), first.exchange());
        };
    }
}
