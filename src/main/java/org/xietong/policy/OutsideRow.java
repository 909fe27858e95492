package org.xietong.policy;

import java.util.Map;
import java.util.Set;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.OutsideKind;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;

/**
 * What of a kind of record may leave the system: to recipients of these kinds, by units of these agencies, of their own records, in this
 * view at most. No row, no packet (I2). The label is not lowered but obeyed: {@link PolicyEngine#outside}.
 *
 * @param id unique over all files; it stands in the log (I8)
 * @param from agencies whose units may send their own
 * @param to kinds of outside recipients
 * @param opens caveats that the row opens; never those that bind the sender himself
 */
public record OutsideRow(
        String id,
        String kind,
        Map<String, String> where,
        Set<AgencyCode> from,
        Set<OutsideKind> to,
        View view,
        Set<Caveat> opens,
        LegalBasis basis) {}
