package org.xietong.audit;

import java.util.List;
import java.util.UUID;
import org.xietong.ledger.ExchangeRow;
import org.xietong.ledger.ExchangeScope;
import org.xietong.ledger.Touched;

/** An inquiry under which its auditor may look now. Only {@link Inquiries} finds one. */
public final class OpenInquiry {
    private final Inquiry inquiry;

    OpenInquiry(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** What of the journal it opens. */
    public ExchangeScope.Within scope() {
        return inquiry.scope();
    }

    /** Whether it opens the exchange. */
    public boolean covers(ExchangeRow row, List<Touched> touched) {
        return inquiry.covers(row, touched);
    }

    /** Whether it opens what the exchange shows or changes of this subject. */
    public boolean covers(UUID subject, List<Touched> touched) {
        return inquiry.terms().matters().isEmpty()
                || touched.stream().anyMatch(t -> t.subject().equals(subject) && inquiry.covers(t));
    }
}
