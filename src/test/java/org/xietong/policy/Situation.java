package org.xietong.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Unit;
import org.xietong.agency.Units;
import org.xietong.label.Label;
import org.xietong.label.Level;

/** A record in some situation, and the small city in which it lies: a unit of every agency on two levels. */
final class Situation {
    static final String CITY = "421200";
    static final String COUNTY = "421202";
    static final UUID SUSPECT = new UUID(0, 1);
    static final UUID OTHER = new UUID(0, 2);
    static final UUID FILING = new UUID(0, 3);

    private final String kind;
    private final Map<String, String> attributes;
    private final String owner;
    private final Set<String> addressees = new HashSet<>();
    private final Set<String> senders = new HashSet<>();
    private final Set<String> referrers = new HashSet<>();
    private final Set<SentUp> appealedTo = new HashSet<>();
    private final Set<String> handlers = new HashSet<>();
    private final Set<String> requesters = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private final Set<MilestoneFact> milestones = new HashSet<>();
    private Label label = Label.of(Level.INTERNAL);

    private Situation(String kind, Map<String, String> attributes, String owner) {
        this.kind = kind;
        this.attributes = attributes;
        this.owner = owner;
    }

    static Units units() {
        return units(Set.of());
    }

    static Units units(Collection<String> suspended) {
        List<Unit> units = new ArrayList<>();
        for (AgencyCode agency : AgencyCode.values()) {
            String city = agency + "-" + CITY;
            String county = agency + "-" + COUNTY;
            units.add(new Unit(city, agency, CITY, city, Optional.empty(), "某某", "-", !suspended.contains(city)));
            units.add(new Unit(
                    county, agency, COUNTY, county, Optional.of(city), "某某", "-", !suspended.contains(county)));
        }
        return new Units(units);
    }

    /** Officers are named for their unit: {@code MSA-421202-li}. */
    static Optional<String> unitOf(String officer) {
        int dash = officer.lastIndexOf('-');
        return dash < 0 ? Optional.empty() : Optional.of(officer.substring(0, dash));
    }

    static PolicyEngine engine() {
        return new PolicyEngine(PolicySet.load(), units(), Situation::unitOf);
    }

    static Situation clueOf(String owner) {
        return new Situation("clue", Map.of(), owner);
    }

    static Situation filing(String type, String owner) {
        return type.equals("CRIMINAL")
                ? of("filing", owner, "filingType=CRIMINAL", "stage=FIRST")
                : of("filing", owner, "filingType=" + type);
    }

    /** @param attribute none, or {@code name=value} */
    static Situation of(String kind, String owner, String... attribute) {
        Map<String, String> attributes = new HashMap<>();
        for (String each : attribute) {
            attributes.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        return new Situation(kind, attributes, owner);
    }

    Situation addressedTo(String... units) {
        addressees.addAll(Set.of(units));
        return this;
    }

    Situation sentBy(String... units) {
        senders.addAll(Set.of(units));
        return this;
    }

    Situation referredBy(String... units) {
        referrers.addAll(Set.of(units));
        return this;
    }

    Situation appealedTo(String... units) {
        Set.of(units).forEach(unit -> appealedTo.add(new SentUp(unit, SUSPECT)));
        return this;
    }

    Situation handledBy(String... units) {
        handlers.addAll(Set.of(units));
        return this;
    }

    Situation complainedBy(String... units) {
        requesters.addAll(Set.of(units));
        return this;
    }

    Situation in(String... units) {
        members.addAll(Set.of(units));
        return this;
    }

    Situation after(String milestone) {
        return after(milestone, SUSPECT, FILING);
    }

    Situation after(String milestone, UUID participant, UUID filing) {
        milestones.add(new MilestoneFact(milestone, participant, filing));
        return this;
    }

    Situation labelled(Label label) {
        this.label = label;
        return this;
    }

    RecordFacts facts() {
        return facts(Set.of(SUSPECT));
    }

    RecordFacts facts(Set<UUID> participants) {
        UnitsAround units =
                new UnitsAround(owner, addressees, senders, referrers, appealedTo, handlers, requesters, members);
        return new RecordFacts(kind, attributes, units, milestones, participants, label);
    }

    static Viewer attended(String unit) {
        return new Viewer(unit, null, true);
    }

    static Viewer unattended(String unit) {
        return new Viewer(unit, null, false);
    }

    static Viewer signed(String officer) {
        return new Viewer(unitOf(officer).orElseThrow(), officer, true);
    }

    static Optional<View> view(Decision decision) {
        return decision instanceof Decision.Permitted p ? Optional.of(p.view()) : Optional.empty();
    }
}
