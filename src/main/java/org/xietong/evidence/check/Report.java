package org.xietong.evidence.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.CanonicalJson;

/** What a verification found: how much was checked, what to bear in mind, and the first fault. Not thread-safe. */
public final class Report {
    private final Map<Checked, Long> counts = new EnumMap<>(Checked.class);
    private final Set<Remark> remarks = EnumSet.noneOf(Remark.class);
    private @Nullable FaultException fault;

    void count(Checked what) {
        count(what, 1);
    }

    void count(Checked what, long more) {
        counts.merge(what, more, Long::sum);
    }

    void remark(Remark remark) {
        remarks.add(remark);
    }

    void failed(FaultException first) {
        fault = first;
    }

    /** Whether no fault was found. */
    public boolean accepted() {
        return fault == null;
    }

    public Optional<FaultException> fault() {
        return Optional.ofNullable(fault);
    }

    public Set<Remark> remarks() {
        return remarks.isEmpty() ? Set.of() : EnumSet.copyOf(remarks);
    }

    /** How many were checked before the end, or the fault. */
    public long checked(Checked what) {
        return counts.getOrDefault(what, 0L);
    }

    /** For people, Chinese first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        counts.forEach((what, count) -> lines.add("已核验 checked: " + what.zh() + " " + what.en() + " " + count));
        remarks.forEach(remark -> lines.add("注意 note [" + remark + "]: " + remark.zh() + " / " + remark.en()));
        if (fault == null) {
            lines.add("核验通过 / verified: no fault");
        } else {
            lines.add("核验不通过 / FAULT [" + fault.fault() + "] " + fault.file() + ": "
                    + fault.fault().zh() + " / " + fault.fault().en());
        }
        return lines;
    }

    /** For programs: {@code {checked, fault?, notes, ok}}, canonical. */
    public byte[] json() {
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, Object> checked = new LinkedHashMap<>();
        counts.forEach((what, count) -> checked.put(what.name(), count));
        json.put("ok", fault == null);
        json.put("checked", checked);
        json.put("notes", remarks.stream().map(Remark::name).toList());
        if (fault != null) {
            json.put(
                    "fault",
                    Map.of(
                            "code", fault.fault().name(),
                            "file", fault.file(),
                            "zh", fault.fault().zh(),
                            "en", fault.fault().en()));
        }
        return CanonicalJson.of(json);
    }
}
