package org.xietong.record;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Level;
import org.xietong.policy.View;

/**
 * What one exchange decided, disclosed and changed: the rooms below write it down, the pipeline journals it. Belongs
 * to one exchange and one thread.
 */
public final class Trace {
    /**
     * One record that the answer shows.
     *
     * @param masked content fields that kind and view hide
     * @param caveated shown fields that carry a caveat
     * @param outside none where the answer itself shows it, to who asked
     */
    public record Disclosed(
            UUID id,
            String kind,
            int version,
            UUID matter,
            String ownerUnit,
            Level level,
            View view,
            String rule,
            List<String> masked,
            List<String> caveated,
            Set<UUID> participants,
            @Nullable Outside outside) {}

    /** Whom a packet is for that leaves the system with what is shown. */
    public record Outside(String recipient, UUID packet) {}

    /**
     * One record that the exchange created or changed, or a change of the directory.
     *
     * @param matter none for a change of the directory
     * @param contentDigest SHA-256 of the stored content, lower-hex
     * @param participants whom it concerns
     */
    public record Changed(
            UUID id,
            String kind,
            int version,
            @Nullable UUID matter,
            String ownerUnit,
            String action,
            Level level,
            String contentDigest,
            Set<UUID> participants) {

        /** Of something that concerns no participant. */
        public Changed(
                UUID id,
                String kind,
                int version,
                @Nullable UUID matter,
                String ownerUnit,
                String action,
                Level level,
                String contentDigest) {
            this(id, kind, version, matter, ownerUnit, action, level, contentDigest, Set.of());
        }
    }

    private final List<Disclosed> disclosed = new ArrayList<>();
    private final List<Changed> changed = new ArrayList<>();
    private final Set<UUID> lookedUp = new LinkedHashSet<>();
    private @Nullable String rule;
    private @Nullable String policyVersion;
    private @Nullable String kind;
    private @Nullable UUID inquiry;

    public void concerns(String recordKind) {
        kind = recordKind;
    }

    /** A record that the exchange asks for by its id or otherwise, whether or not it may see it. */
    public void looksUp(UUID record) {
        lookedUp.add(record);
    }

    /** Names the rule that permitted or denied, and the policy it stands in (I8). */
    public void decided(String byRule, String version) {
        rule = byRule;
        policyVersion = version;
    }

    /** Names the inquiry by which an auditor was let in. */
    public void within(UUID approvedInquiry) {
        inquiry = approvedInquiry;
    }

    public void disclosed(Disclosed one) {
        disclosed.add(one);
    }

    public void changed(Changed one) {
        changed.add(one);
    }

    /** After a rollback nothing was changed and nothing will be shown. */
    public void forgetEffects() {
        disclosed.clear();
        changed.clear();
    }

    public List<Disclosed> disclosures() {
        return List.copyOf(disclosed);
    }

    public List<Changed> changes() {
        return List.copyOf(changed);
    }

    public Set<UUID> lookedUp() {
        return Set.copyOf(lookedUp);
    }

    public Optional<String> rule() {
        return Optional.ofNullable(rule);
    }

    public Optional<String> policyVersion() {
        return Optional.ofNullable(policyVersion);
    }

    public Optional<UUID> inquiry() {
        return Optional.ofNullable(inquiry);
    }

    public Optional<String> kind() {
        return Optional.ofNullable(kind);
    }
}
