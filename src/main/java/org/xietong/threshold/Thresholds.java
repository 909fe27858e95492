package org.xietong.threshold;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xietong.label.StrictYaml;

/** The thresholds of this version; anything malformed, unknown or overlapping there refuses the start (I10). */
public final class Thresholds {
    private static final String FILE = "law/thresholds.yaml";

    private final List<Threshold> all;

    Thresholds(List<Threshold> thresholds) {
        List<Threshold> before = new ArrayList<>();
        for (Threshold each : thresholds) {
            each.fault().ifPresent(fault -> {
                throw new IllegalStateException(FILE + ": threshold " + each.id() + " " + fault);
            });
            if (before.stream().anyMatch(other -> other.id().equals(each.id()) && overlap(other, each))) {
                throw new IllegalStateException(FILE + ": two versions of " + each.id() + " are in force at once");
            }
            before.add(each);
        }
        all = List.copyOf(before);
    }

    /** Those that ship with the product. The first call loads them and fails with the reason where they cannot be trusted. */
    public static Thresholds standard() {
        return Standard.THRESHOLDS;
    }

    /** All versions, in the order of the file. */
    public List<Threshold> all() {
        return all;
    }

    /** The version in force on a day. */
    public Optional<Threshold> find(String id, LocalDate day) {
        return all.stream()
                .filter(each -> each.id().equals(id) && each.inForce(day))
                .findFirst();
    }

    /** How what is stated stands to the thresholds in force on that day. */
    public Assessment assess(Suspected suspected, LocalDate day) {
        Measured measured = Measured.of(suspected);
        Set<Condition> conditions = measured.conditions();
        List<String> reached = all.stream()
                .filter(each -> each.inForce(day) && each.concerns(suspected.rightType(), conditions))
                .filter(measured::reaches)
                .map(Threshold::id)
                .toList();
        List<String> unknown = all.stream()
                .filter(each -> each.inForce(day) && each.concerns(suspected.rightType(), conditions))
                .flatMap(each -> measured.unknown(each).stream())
                .distinct()
                .sorted()
                .toList();
        return new Assessment(reached, unknown, suspected.suspicion(), day);
    }

    /** Whether any version of any threshold is reached, in force or not. */
    public boolean mayReach(Suspected suspected) {
        Measured measured = Measured.of(suspected);
        Set<Condition> conditions = measured.conditions();
        return all.stream()
                .anyMatch(each -> each.concerns(suspected.rightType(), conditions) && measured.reaches(each));
    }

    private static boolean overlap(Threshold one, Threshold other) {
        boolean before = one.validTo() != null
                && other.validFrom() != null
                && one.validTo().isBefore(other.validFrom());
        boolean after = other.validTo() != null
                && one.validFrom() != null
                && other.validTo().isBefore(one.validFrom());
        return !before && !after;
    }

    private static final class Standard {
        static final Thresholds THRESHOLDS =
                new Thresholds(StrictYaml.read(FILE, File.class).thresholds());
    }

    private record File(List<Threshold> thresholds) {}
}
