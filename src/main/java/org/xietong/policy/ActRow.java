package org.xietong.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xietong.agency.AgencyCode;
import org.xietong.label.LegalBasis;

/**
 * A right to act: units of the agency that meet every condition may do any of the acts to such records. What is no right of
 * somebody is refused (I2).
 *
 * @param signed whether an officer must sign with his own key (I11)
 */
public record ActRow(
        String id,
        AgencyCode agency,
        String kind,
        Set<String> acts,
        Map<String, String> where,
        List<Condition> when,
        boolean signed,
        LegalBasis basis) {}
