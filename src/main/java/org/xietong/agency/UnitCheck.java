package org.xietong.agency;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.xietong.agency.RegisteredDirectory.Place;

/** Whether the units of a file fit together and to those already registered. */
final class UnitCheck {
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");
    private static final Pattern SUFFIX = Pattern.compile("(-[a-z][a-z0-9]*)?");

    private final Map<String, Place> all;
    private final Faults faults;

    UnitCheck(RegisteredDirectory registered, Faults faults) {
        this.all = new HashMap<>(registered.units());
        this.faults = faults;
    }

    /** The ids of all units that will stand after the import. */
    Set<String> check(List<DirectoryFile.UnitEntry> units) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < units.size(); i++) {
            DirectoryFile.UnitEntry unit = units.get(i);
            checkAlone("units[" + i + "]", unit);
            if (!seen.add(unit.id())) {
                faults.add("units[" + i + "].id", "DUPLICATE", "重复", "stands twice in this file");
            }
            all.put(unit.id(), new Place(unit.agency(), unit.parent()));
        }
        for (int i = 0; i < units.size(); i++) {
            checkParent("units[" + i + "].parent", units.get(i));
        }
        return all.keySet();
    }

    private void checkAlone(String at, DirectoryFile.UnitEntry unit) {
        if (Arrays.stream(AgencyCode.values()).noneMatch(code -> code.name().equals(unit.agency()))) {
            faults.add(at + ".agency", "UNKNOWN_CODE", "机构代码不存在", "is no known agency code");
        }
        if (!DIVISION.matcher(unit.division()).matches()) {
            faults.add(at + ".division", "FORMAT", "行政区划代码须为六位数字（GB/T 2260）", "must be six digits (GB/T 2260)");
        }
        String stem = unit.agency() + "-" + unit.division();
        if (!unit.id().startsWith(stem)
                || !SUFFIX.matcher(unit.id().substring(stem.length())).matches()) {
            faults.add(
                    at + ".id",
                    "FORMAT",
                    "须为“机构代码-行政区划代码”，同区划的第二个单位加“-”和字母开头的小写字母数字",
                    "must be agency-division, with - and a lower-case word for a second unit of a division");
        }
        faults.require(at + ".name", unit.name());
        if (!unit.suspended() && namesNobody(unit.responsible())) {
            faults.add(
                    at + ".responsible",
                    "REQUIRED",
                    "未明确责任人员的单位不得启用（第十条）",
                    "a unit takes part only once its responsible person is named (article 10)");
        }
        if (!unit.suspended() && unit.telephone().codePoints().noneMatch(Character::isDigit)) {
            faults.add(
                    at + ".telephone",
                    "REQUIRED",
                    "未登记责任部门电话的单位不得启用（第十条）",
                    "a unit takes part only once the telephone of its responsible department is known (article 10)");
        }
        if (!Days.validity(unit.validFrom(), unit.validTo()).isSomeTime()) {
            faults.add(at + ".validTo", "DATE", "早于 validFrom", "is before validFrom");
        }
    }

    /** Spaces of any kind, dashes and the like are no name. */
    private static boolean namesNobody(String responsible) {
        return responsible.codePoints().noneMatch(Character::isLetter);
    }

    private void checkParent(String at, DirectoryFile.UnitEntry unit) {
        if (unit.parent().isEmpty()) {
            return;
        }
        Place parent = all.get(unit.parent().get());
        if (parent == null) {
            faults.add(at, "UNKNOWN", "上级单位未登记，也不在本文件中", "the superior unit is neither registered nor in this file");
        } else if (!parent.agency().equals(unit.agency())) {
            faults.add(at, "OTHER_AGENCY", "上级单位属于另一机构", "the superior unit is of another agency");
        } else if (standsAboveItself(unit.id())) {
            faults.add(at, "CYCLE", "单位不得成为自己的上级", "the unit would stand above itself");
        }
    }

    private boolean standsAboveItself(String id) {
        Set<String> seen = new HashSet<>();
        for (Optional<String> at = Optional.of(id);
                at.isPresent();
                at = Optional.ofNullable(all.get(at.get())).flatMap(Place::parent)) {
            if (!seen.add(at.get())) {
                return true;
            }
        }
        return false;
    }
}
