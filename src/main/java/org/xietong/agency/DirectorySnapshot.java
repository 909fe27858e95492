package org.xietong.agency;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The directory at one version; immutable. The plain look-ups ({@link #key}, {@link #system}, {@link #officer},
 * {@link #units}) find whatever is registered, suspended or not: history needs it. Who may act is asked of the
 * {@code usable…} methods, for which absence, suspension and a missed date are the same (I2).
 *
 * <p>A unit is usable if it <em>and every unit above it</em> is active and within its dates. Suspending a unit closes
 * the branch below it; to stop one unit alone, suspend its systems and officers.
 */
public final class DirectorySnapshot {
    private final long version;
    private final Units units;
    private final Map<String, Validity> unitValidity;
    private final Map<String, CaseSystem> systems;
    private final Map<String, Officer> officers;
    private final Map<String, RegisteredKey> keys;
    private final SortedMap<String, OutsideRecipient> outside;

    /** @param unitValidity by unit id; a unit that is missing there is never usable */
    public DirectorySnapshot(
            long version,
            Units units,
            Map<String, Validity> unitValidity,
            Collection<CaseSystem> systems,
            Collection<Officer> officers,
            Collection<RegisteredKey> keys,
            Collection<OutsideRecipient> outside) {
        this.version = version;
        this.units = units;
        this.unitValidity = Map.copyOf(unitValidity);
        this.systems = byId(systems, CaseSystem::id);
        this.officers = byId(officers, Officer::id);
        this.keys = byId(keys, key -> key.key().keyId());
        this.outside = new TreeMap<>(byId(outside, OutsideRecipient::id));
    }

    public long version() {
        return version;
    }

    public Units units() {
        return units;
    }

    public Optional<CaseSystem> system(String id) {
        return Optional.ofNullable(systems.get(id));
    }

    public Optional<Officer> officer(String id) {
        return Optional.ofNullable(officers.get(id));
    }

    /**
     * A registered key, suspended or not.
     *
     * @param keyId SHA-256 of the certificate, lower-case hexadecimal
     */
    public Optional<RegisteredKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /** An outside recipient to whom something may be sent. */
    public Optional<OutsideRecipient> usableOutside(String id) {
        return Optional.ofNullable(outside.get(id)).filter(OutsideRecipient::active);
    }

    /** An outside recipient, suspended or not. */
    public Optional<OutsideRecipient> outside(String id) {
        return Optional.ofNullable(outside.get(id));
    }

    /** Outside recipients that are not suspended, by id, those after the given one. */
    public List<OutsideRecipient> outsideAfter(String id) {
        return outside.tailMap(id + '\0').values().stream()
                .filter(OutsideRecipient::active)
                .toList();
    }

    /** The system that may call by this key at this moment; an officer's key never finds one (I11). */
    public Optional<UsableSystem> usableSystemKey(String keyId, Instant at) {
        return usableKey(keyId, RegisteredKey.Holder.SYSTEM, at)
                .flatMap(key -> system(key.holderId())
                        .filter(CaseSystem::active)
                        .flatMap(system ->
                                usableUnit(system.unit(), at).map(unit -> new UsableSystem(key, system, unit))));
    }

    /** The officer who may sign by this key at this moment; a system's key never finds one (I11). */
    public Optional<UsableOfficer> usableOfficerKey(String keyId, Instant at) {
        return usableKey(keyId, RegisteredKey.Holder.OFFICER, at).flatMap(key -> usableOfficer(key.holderId(), at));
    }

    /** The officer who may be named as attending at this moment, whether or not he has a key. */
    public Optional<UsableOfficer> usableOfficer(String id, Instant at) {
        return officer(id)
                .filter(Officer::active)
                .flatMap(officer -> usableUnit(officer.unit(), at).map(unit -> new UsableOfficer(officer, unit)));
    }

    public Optional<Unit> usableUnit(String id, Instant at) {
        Optional<Unit> unit = units.find(id);
        for (Optional<Unit> next = unit;
                next.isPresent();
                next = next.get().parent().flatMap(units::find)) {
            Validity validity = unitValidity.get(next.get().id());
            if (!next.get().active() || validity == null || !validity.contains(at)) {
                return Optional.empty();
            }
        }
        return unit;
    }

    private Optional<RegisteredKey> usableKey(String keyId, RegisteredKey.Holder holder, Instant at) {
        return key(keyId).filter(key -> key.holder() == holder && key.isUsable(at));
    }

    private static <T> Map<String, T> byId(Collection<T> all, Function<T, String> id) {
        return all.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
    }
}
