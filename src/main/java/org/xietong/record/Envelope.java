package org.xietong.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.PaperNumber;
import org.xietong.matter.Occurred;
import org.xietong.matter.Precision;

/**
 * What a draft says around the content. An amendment takes back neither what an act handed over nor the document number
 * that it rests on: a case system that repeats its first draft every night must not undo a transfer.
 */
record Envelope(
        @Nullable String documentNumber,
        String[] addressees,
        @Nullable Instant occurredAt,
        Precision precision) {

    /**
     * @param standing the document number that stands, kept where the draft gives none
     * @param receivers units that the record was handed over to
     */
    static Envelope of(Draft<?> draft, @Nullable String standing, List<String> receivers) {
        List<String> addressees = new ArrayList<>(receivers);
        if (draft.addressees() != null) {
            draft.addressees().stream()
                    .filter(unit -> !addressees.contains(unit))
                    .forEach(addressees::add);
        }
        Occurred occurred = draft.occurred() == null
                ? new Occurred(null, Precision.UNKNOWN)
                : draft.occurred().normalised();
        return new Envelope(
                draft.documentNumber() == null ? standing : PaperNumber.stored(draft.documentNumber()),
                addressees.toArray(String[]::new),
                occurred.time() == null ? null : occurred.time().toInstant(),
                Objects.requireNonNull(occurred.precision()));
    }

    void into(RecordEntity record) {
        record.documentNumber = documentNumber;
        record.addressees = addressees;
        record.occurredAt = occurredAt;
        record.precision = precision;
    }

    boolean stands(RecordEntity record) {
        return Objects.equals(record.documentNumber, documentNumber)
                && Arrays.equals(record.addressees, addressees)
                && Objects.equals(record.occurredAt, occurredAt)
                && record.precision == precision;
    }
}
