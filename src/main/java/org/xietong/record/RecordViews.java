package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Caller;
import org.xietong.agency.Unit;
import org.xietong.label.Label;
import org.xietong.label.Scope;
import org.xietong.matter.Occurred;
import org.xietong.matter.Precision;
import org.xietong.policy.Decision.Permitted;
import org.xietong.policy.Masked;
import org.xietong.policy.Redactor;
import org.xietong.policy.View;

/** Step 7 of the road: makes of a record what the granted view shows, and notes the disclosure. */
@ApplicationScoped
class RecordViews {
    /** What an envelope states of a case; the rest of it is the service's own. */
    private static final List<String> CORRECTABLE =
            List.of("/documentNumber", "/occurred", "/addressees", "/state", "/label", "/owner/unit");

    /** Of no unit that the directory could hold: owns nothing, and may do nothing. */
    private static final Caller STRANGER =
            new Caller(AgencyCode.AUD, "-", "-", Set.of(), Optional.empty(), false, Optional.empty());

    private final CurrentPolicy policy;
    private final Redactor redactor;
    private final Rights rights;
    private final Lookup lookup;

    RecordViews(CurrentPolicy policy, Redactor redactor, Rights rights, Lookup lookup) {
        this.policy = policy;
        this.redactor = redactor;
        this.rights = rights;
        this.lookup = lookup;
    }

    /** Of the records that contents name to a reader, those that he sees himself; the rest are not named to him. */
    record Named(Set<UUID> seen) {
        static final Named NOTHING = new Named(Set.of());

        /** The content as it names to the reader no record that he does not see. */
        @SuppressWarnings("unchecked") // a content that names less is of its own type
        private <C extends Content> C in(C content, String unit, String owner) {
            Set<UUID> unseen = new HashSet<>(content.namedTo(unit, owner));
            unseen.removeAll(seen);
            return unseen.isEmpty() ? content : (C) content.without(unseen, unit, owner);
        }
    }

    /** For a whole page: one query, and none where nothing is named. */
    Named named(Caller caller, Collection<? extends Seen<?>> page) {
        Set<UUID> named = new HashSet<>();
        page.stream()
                .filter(seen -> seen.permitted().view().shows(View.FULL))
                .forEach(seen -> named.addAll(
                        seen.content().namedTo(caller.unit(), seen.row().ownerUnit())));
        return named.isEmpty() ? Named.NOTHING : new Named(lookup.inSight(caller, named));
    }

    /** For the versions of one record. */
    Named named(Caller caller, RecordRow row, Collection<? extends Content> versions) {
        Set<UUID> named = new HashSet<>();
        versions.forEach(version -> named.addAll(version.namedTo(caller.unit(), row.ownerUnit())));
        return named.isEmpty() ? Named.NOTHING : new Named(lookup.inSight(caller, named));
    }

    /** The view, with its disclosure written down in the trace. */
    <C extends Content> RecordView<C> disclose(Caller caller, Trace trace, Kind<C> kind, Seen<C> seen) {
        return disclose(caller, trace, kind, seen, named(caller, List.of(seen)));
    }

    /** The same of one of a page. */
    <C extends Content> RecordView<C> disclose(Caller caller, Trace trace, Kind<C> kind, Seen<C> seen, Named named) {
        List<String> masked = masked(caller, kind, seen);
        note(
                trace,
                kind,
                seen,
                seen.row().version(),
                seen.permitted().view(),
                masked,
                redactor.caveatedFields(kind.contentType(), seen.permitted()),
                seen.participants(),
                null);
        return view(caller, kind, seen, masked, named);
    }

    /**
     * What leaves for somebody outside, as a stranger reads it, with its disclosure to him written down.
     *
     * @param seen with the decision that lets it leave ({@link PolicyEngine#outside})
     */
    <C extends Content> RecordView<C> leaving(Trace trace, Kind<C> kind, Seen<C> seen, Trace.Outside to) {
        noteLeaving(trace, kind, seen, seen.row().version(), to);
        return view(STRANGER, kind, seen);
    }

    /** That it leaves, or left before in this version and is handed out again. */
    <C extends Content> void noteLeaving(Trace trace, Kind<C> kind, Seen<C> seen, int version, Trace.Outside to) {
        note(
                trace,
                kind,
                seen,
                version,
                seen.permitted().view(),
                masked(STRANGER, kind, seen),
                redactor.caveatedFields(kind.contentType(), seen.permitted()),
                seen.participants(),
                to);
    }

    /** That the caller was told of the record, by kind, id and matter alone. */
    <C extends Content> void mention(Trace trace, Kind<C> kind, Seen<C> seen) {
        outcomes(trace, kind, seen, Set.of());
    }

    /** That the caller was told how the record stands, and what it decided of these participants; of the rest of its content nothing. */
    <C extends Content> void outcomes(Trace trace, Kind<C> kind, Seen<C> seen, Set<UUID> told) {
        note(trace, kind, seen, seen.row().version(), View.METADATA, List.of("/content"), List.of(), told, null);
    }

    private static <C extends Content> void note(
            Trace trace,
            Kind<C> kind,
            Seen<C> seen,
            int version,
            View view,
            List<String> masked,
            List<String> caveated,
            Set<UUID> participants,
            Trace.@Nullable Outside outside) {
        RecordRow row = seen.row();
        trace.disclosed(new Trace.Disclosed(
                row.id(),
                kind.code(),
                version,
                row.matter(),
                row.ownerUnit(),
                seen.facts().label().level(),
                view,
                seen.permitted().rule(),
                masked,
                caveated,
                participants,
                outside));
    }

    /** The view alone, for a precondition; nothing leaves with it. */
    <C extends Content> RecordView<C> view(Caller caller, Kind<C> kind, Seen<C> seen) {
        return view(caller, kind, seen, named(caller, List.of(seen)));
    }

    <C extends Content> RecordView<C> view(Caller caller, Kind<C> kind, Seen<C> seen, Named named) {
        return view(caller, kind, seen, masked(caller, kind, seen), named);
    }

    /** JSON pointers of the fields that this sight shows, whether or not a value stands there. */
    <C extends Content> Set<String> shownFields(Caller caller, Kind<C> kind, Seen<C> seen) {
        Set<String> shown = new HashSet<>(CORRECTABLE);
        redactor.shape(kind.contentType()).names().forEach(name -> shown.add("/content/" + name));
        masked(caller, kind, seen).forEach(shown::remove);
        return shown;
    }

    private <C extends Content> RecordView<C> view(
            Caller caller, Kind<C> kind, Seen<C> seen, List<String> masked, Named named) {
        Permitted p = seen.permitted();
        RecordRow row = seen.row();
        boolean full = p.view().shows(View.FULL) && p.concernsEverybody();
        boolean summary = p.view().shows(View.SUMMARY);
        boolean day = !p.hidden().contains("day");
        boolean own = caller.unit().equals(row.ownerUnit());
        return new RecordView<>(
                row.id(),
                kind.code(),
                row.matter(),
                summary ? row.filing() : null,
                owner(row, own, p.hidden()),
                own && caller.system().equals(row.system()) ? row.sourceRef() : null,
                row.origin(),
                summary && p.showsCommon() ? row.documentNumber() : null,
                p.showsCommon() ? row.state() : null,
                own ? row.label() : outward(seen.facts().label()),
                summary ? row.addressees() : null,
                occurred(row, day),
                day ? shanghai(row.recordedAt()) : null,
                full ? shanghai(row.changedAt()) : null,
                full ? row.version() : null,
                row.erased() == null ? redacted(caller, row, seen.content(), p, named) : null,
                row.erased() == null ? rights.actions(caller, seen) : List.of(),
                row.erased() == null
                        ? null
                        : new RecordView.Erased(
                                shanghai(row.erased().at()), row.erased().basis()),
                new RecordView.Meta(p.view(), masked.isEmpty(), masked, null, null));
    }

    private RecordView.Owner owner(RecordRow row, boolean own, Set<String> hidden) {
        Unit unit = policy.units().find(row.ownerUnit()).orElseThrow();
        if (hidden.contains("unit")) {
            return new RecordView.Owner(unit.agency().name(), null, null, null, null, null);
        }
        return new RecordView.Owner(
                unit.agency().name(),
                unit.id(),
                unit.name(),
                unit.responsible(),
                unit.telephone(),
                own ? row.ownerOfficer() : null);
    }

    /**
     * What kind and view hide, whether or not a value stands there: depends on nothing but them. An act upon somebody else must not
     * show to whose sight is limited: not by version or time, and where nothing shows of the others, neither in the state nor by
     * its number (I4).
     */
    private <C extends Content> List<String> masked(Caller caller, Kind<C> kind, Seen<C> seen) {
        Permitted p = seen.permitted();
        List<String> masked = new ArrayList<>();
        if (!p.view().shows(View.SUMMARY)) {
            masked.addAll(List.of("/documentNumber", "/addressees", "/filing"));
        }
        if (!p.view().shows(View.FULL) || !p.concernsEverybody()) {
            masked.addAll(List.of("/changedAt", "/version"));
        }
        if (!p.showsCommon()) {
            masked.add("/state");
            if (p.view().shows(View.SUMMARY)) {
                masked.add("/documentNumber");
            }
        }
        if (p.hidden().contains("unit")) {
            masked.add("/owner/unit");
        }
        if (p.hidden().contains("day")) {
            masked.addAll(List.of("/occurred", "/recordedAt"));
        }
        if (!caller.unit().equals(seen.row().ownerUnit())) {
            masked.addAll(List.of("/label/scope", "/owner/officer", "/sourceRef"));
        }
        redactor.reasons(kind.contentType(), p).stream()
                .map(Masked::field)
                .filter(field -> redactor.shape(kind.contentType()).names().contains(field.split("/")[0]))
                .forEach(field -> masked.add("/content/" + field));
        return masked;
    }

    /** What the view shows of it, naming what the reader sees. */
    <C extends Content> C redacted(Caller caller, RecordRow row, C content, Permitted p, Named named) {
        return named.in(redacted(content, p), caller.unit(), row.ownerUnit());
    }

    @SuppressWarnings("unchecked") // a redacted content is of its own type
    <C extends Content> C redacted(C content, Permitted p) {
        return (C) redactor.redact((Record) content, p);
    }

    /** What others learn of the label in force: level, caveats and term; whom and which fields it names stays with the owner. */
    private static Label outward(Label label) {
        return new Label(label.level(), label.caveats(), Scope.EVERYONE, null, label.declassify(), null, null);
    }

    private static Occurred occurred(RecordRow row, boolean day) {
        Precision precision = !day && row.occurredAt() != null ? Precision.MONTH : row.precision();
        OffsetDateTime at = row.occurredAt() == null ? null : shanghai(row.occurredAt());
        return new Occurred(at, precision).normalised();
    }

    static OffsetDateTime shanghai(Instant at) {
        return at.atZone(Occurred.ZONE).toOffsetDateTime();
    }
}
