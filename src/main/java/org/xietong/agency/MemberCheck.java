package org.xietong.agency;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the systems and officers of a file belong to known units. Their ids begin with the unit's, which therefore
 * never changes; a system ends in a word and an officer in a number, so that no two of them share an id.
 */
final class MemberCheck {
    private static final Pattern SYSTEM = Pattern.compile("-[a-z][a-z0-9]*");
    private static final Pattern OFFICER = Pattern.compile("-[0-9]{3,}");

    private final Set<String> units;
    private final Faults faults;
    private final Set<String> seen = new HashSet<>();

    /** @param units all that will stand after the import */
    MemberCheck(Set<String> units, Faults faults) {
        this.units = units;
        this.faults = faults;
    }

    void checkSystems(List<DirectoryFile.SystemEntry> systems) {
        for (int i = 0; i < systems.size(); i++) {
            DirectoryFile.SystemEntry system = systems.get(i);
            String at = "systems[" + i + "]";
            checkUnit(at, system.unit());
            checkId(at, system.id(), system.unit(), SYSTEM, "小写字母开头的名称", "a lower-case word");
            faults.require(at + ".name", system.name());
            checkRoles(at + ".roles", system);
        }
    }

    void checkOfficers(List<DirectoryFile.OfficerEntry> officers) {
        for (int i = 0; i < officers.size(); i++) {
            DirectoryFile.OfficerEntry officer = officers.get(i);
            String at = "officers[" + i + "]";
            checkUnit(at, officer.unit());
            checkId(at, officer.id(), officer.unit(), OFFICER, "三位以上数字", "three digits or more");
            faults.require(at + ".name", officer.name());
            checkRole(at + ".role", officer.role());
        }
    }

    private void checkUnit(String at, String unit) {
        if (!units.contains(unit)) {
            faults.add(at + ".unit", "UNKNOWN", "单位未登记，也不在本文件中", "the unit is neither registered nor in this file");
        }
    }

    private void checkId(String at, String id, String unit, Pattern rest, String zh, String en) {
        if (!id.startsWith(unit) || !rest.matcher(id.substring(unit.length())).matches()) {
            faults.add(at + ".id", "FORMAT", "须为单位编号加“-”和" + zh, "must be the unit's id, - and " + en);
        } else if (!seen.add(id)) {
            faults.add(at + ".id", "DUPLICATE", "重复", "stands twice in this file");
        }
    }

    private void checkRole(String at, Optional<String> role) {
        if (role.isPresent()
                && Arrays.stream(AdminRole.values())
                        .noneMatch(known -> known.name().equals(role.get()))) {
            faults.add(at, "UNKNOWN_CODE", "角色未知", "is no known role");
        }
    }

    private void checkRoles(String at, DirectoryFile.SystemEntry system) {
        if (system.roles().isEmpty()) {
            faults.add(at, "REQUIRED", "至少一项", "at least one is required");
        }
        Set<String> known = new HashSet<>();
        Arrays.stream(Role.values()).forEach(role -> known.add(role.name()));
        if (!known.containsAll(system.roles())) {
            faults.add(at, "UNKNOWN_CODE", "含有未知角色", "one of them is no known role");
        }
        if (system.roles().contains(Role.AUDITOR.name()) && !system.unit().startsWith(AgencyCode.AUD.name() + "-")) {
            faults.add(at, "NOT_FOR_THIS_AGENCY", "AUDITOR 仅限审计监督单位", "AUDITOR is for units of the auditor only");
        }
        if (system.roles().contains(Role.ADMINISTRATION.name())
                && system.roles().size() > 1) {
            faults.add(at, "EXCLUDED", "ADMINISTRATION 不得与其他角色并存", "ADMINISTRATION excludes every other role");
        }
    }
}
