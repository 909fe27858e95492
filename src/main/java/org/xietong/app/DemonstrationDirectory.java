package org.xietong.app;

import java.util.ArrayList;
import java.util.List;
import org.xietong.agency.AdminRole;
import org.xietong.agency.AgencyCode;
import org.xietong.app.DemonstrationCity.Seat;

/** The demonstration city's directory file: everybody by name, with the certificates that lie beside it. */
final class DemonstrationDirectory {
    private DemonstrationDirectory() {}

    static String of(List<Seat> seats) {
        StringBuilder yaml = new StringBuilder("# 演示目录，由 ./xietong demo 生成 / demonstration directory, generated\n");
        yaml.append("authorities:\n");
        yaml.append("  - { name: 演示根 GM, file: certificates/root-gm.pem }\n");
        yaml.append("  - { name: 演示根 INTL, file: certificates/root-intl.pem }\n");
        List<String> units = new ArrayList<>();
        List<String> callers = new ArrayList<>();
        List<String> persons = new ArrayList<>();
        for (Seat seat : seats) {
            units.add(unit(seat));
            String role = seat.agency() == AgencyCode.AUD ? "AUDITOR" : "CASE_SYSTEM";
            callers.add(("  - { id: %s, unit: %s, name: 案件管理系统, roles: [%s],"
                            + " certificates: [{ file: certificates/%s.pem }] }\n")
                    .formatted(seat.system(), seat.unit(), role, seat.system()));
            for (String officer : seat.officers()) {
                persons.add(("  - { id: %s, unit: %s, name: 某某, title: 办案人员,"
                                + " certificates: [{ file: certificates/%s.pem }] }\n")
                        .formatted(officer, seat.unit(), officer));
            }
        }
        callers.add(("  - { id: %s, unit: %s, name: 管理终端, roles: [ADMINISTRATION],"
                        + " certificates: [{ file: certificates/%s.pem }] }\n")
                .formatted(DemonstrationCity.CONSOLE, DemonstrationCity.ADMINISTRATION, DemonstrationCity.CONSOLE));
        for (AdminRole role : AdminRole.values()) {
            persons.add(("  - { id: %s, unit: %s, name: 某某, title: 管理员, role: %s,"
                            + " certificates: [{ file: certificates/%s.pem }] }\n")
                    .formatted(
                            DemonstrationCity.administrator(role),
                            DemonstrationCity.ADMINISTRATION,
                            role,
                            DemonstrationCity.administrator(role)));
        }
        yaml.append("units:\n");
        units.forEach(yaml::append);
        yaml.append("systems:\n");
        callers.forEach(yaml::append);
        yaml.append("officers:\n");
        persons.forEach(yaml::append);
        yaml.append("outsideRecipients:\n");
        for (OutsideSeat seat : OutsideSeat.values()) {
            yaml.append(seat.entry());
        }
        return yaml.toString();
    }

    private static String unit(Seat seat) {
        String parent = seat.division().equals(DemonstrationCity.DISTRICT)
                ? ", parent: " + seat.agency() + "-" + DemonstrationCity.CITY
                : "";
        return "  - { id: %s, agency: %s, division: \"%s\", name: %s%s, responsible: %s 某某, telephone: 0715-0000000 }\n"
                .formatted(seat.unit(), seat.agency(), seat.division(), seat.name(), parent, seat.department());
    }
}
