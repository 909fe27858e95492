package org.xietong.matter;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.xietong.agency.AgencyCode;
import org.xietong.label.Milestone;

/** Which agencies set and revoke a milestone 节点 (刑事诉讼法 art. 3: investigation, prosecution and trial each by its own organ). */
public final class Competence {
    /** What a case under investigation reaches; none of them stands, or is set, once it is withdrawn 撤案. */
    public static final Set<Milestone> OF_INVESTIGATION = Collections.unmodifiableSet(EnumSet.of(
            Milestone.FILED,
            Milestone.CUSTODY,
            Milestone.COERCION_NOTIFIED,
            Milestone.ARREST_REQUESTED,
            Milestone.ARRESTED,
            Milestone.SENT_FOR_PROSECUTION));

    private static final Map<Milestone, Set<AgencyCode>> COMPETENT = new EnumMap<>(Milestone.class);

    static {
        give(AgencyCode.POLICE, Milestone.FILED, Milestone.CUSTODY, Milestone.ARREST_REQUESTED, Milestone.ARRESTED);
        give(AgencyCode.POLICE, Milestone.SENT_FOR_PROSECUTION, Milestone.WITHDRAWN);
        give(AgencyCode.PROC, Milestone.EARLY_PARTICIPATION, Milestone.INDICTED, Milestone.NOT_PROSECUTED);
        give(AgencyCode.COURT, Milestone.JUDGED, Milestone.EFFECTIVE, Milestone.ENFORCED);
        // Who executes a coercive measure gives notice of it (刑事诉讼法 art. 85, 93); who revokes an arrest takes back what
        // it opened.
        give(AgencyCode.POLICE, Milestone.COERCION_NOTIFIED);
        give(AgencyCode.PROC, Milestone.COERCION_NOTIFIED);
        // 刑事诉讼法 art. 80: procuratorate and court approve or decide arrests, and end them.
        for (AgencyCode agency : EnumSet.of(AgencyCode.PROC, AgencyCode.COURT)) {
            give(agency, Milestone.CUSTODY, Milestone.ARRESTED);
        }
        for (AgencyCode agency : EnumSet.of(AgencyCode.MSA, AgencyCode.IPO, AgencyCode.COPYRIGHT)) {
            give(agency, Milestone.LAWSUIT, Milestone.FILED);
        }
        give(AgencyCode.COURT, Milestone.FILED);
        for (AgencyCode finder : AgencyCode.values()) {
            give(finder, Milestone.TRANSFERRED);
        }
    }

    private Competence() {}

    public static boolean has(AgencyCode agency, Milestone milestone) {
        return COMPETENT.getOrDefault(milestone, Set.of()).contains(agency);
    }

    private static void give(AgencyCode agency, Milestone... milestones) {
        for (Milestone milestone : milestones) {
            COMPETENT
                    .computeIfAbsent(milestone, key -> EnumSet.noneOf(AgencyCode.class))
                    .add(agency);
        }
    }
}
