package org.xietong.agency;

import java.util.Optional;

/**
 * A unit 单位 of an agency, e.g. 咸宁市公安局 or its 咸安 branch.
 *
 * @param id stable, {@code AGENCY-division}, e.g. {@code POLICE-421200}; a suffix may follow for a second unit
 * @param division administrative division, GB/T 2260, six digits
 * @param parent the superior unit 上级单位 of the same agency
 * @param responsible the responsible person's title or 某某 (article 10)
 * @param telephone of the responsible department (article 10)
 */
public record Unit(
        String id,
        AgencyCode agency,
        String division,
        String name,
        Optional<String> parent,
        String responsible,
        String telephone,
        boolean active) {}
