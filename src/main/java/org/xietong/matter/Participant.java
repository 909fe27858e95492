package org.xietong.matter;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;
import org.xietong.policy.Maskable;
import org.xietong.policy.OfParticipant;

/**
 * A person or unit in a matter. Names are kept as stated; look-ups go by {@code Characters.searchKey}.
 *
 * @param id assigned by the service; a draft may give the id of a participant who is in the matter already
 * @param ref the owner's own reference, unique within the content; references in a draft use it before an id exists
 * @param roles codes of {@code participant-role}
 * @param minor under 18: the identity stays closed to whoever does not have {@code MINOR} opened (未成年人保护法 art. 103)
 * @param represents the unit that this natural person stands for (诉讼代表人, 直接责任人员): id or {@code ref} of a participant of the
 *     same content
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Participant(
        @ZhName("参与人标识") @Nullable UUID id,

        @ZhName("来源系统内编号") @Pattern(regexp = REFERENCE) @Size(max = 64) @Nullable
        String ref,

        @ZhName("参与人类型") @NotNull @Nullable ParticipantType type,
        @ZhName("身份") @NotEmpty @Size(max = 8) @Nullable List<@NotNull @Code("participant-role") String> roles,

        @ZhName("姓名或名称") @NotBlank @Size(max = 200) @Nullable
        String name,

        @ZhName("别名") @Size(max = 10) @Nullable List<@NotBlank @Size(max = 200) String> aliases,
        @ZhName("证件和编号") @Size(max = 10) @Nullable List<@NotNull @Valid Identifier> identifiers,
        @ZhName("是否未成年人") @Nullable Boolean minor,

        @ZhName("所代表单位") @Pattern(regexp = REFERENCE) @Size(max = 64) @Nullable
        String represents)
        implements Maskable<Participant>, OfParticipant {
    /** What an id or a {@code ref} may look like. */
    public static final String REFERENCE = "^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$";

    /** The form that is stored: identifiers that pass their check in their normal form, all others flagged. */
    public Participant normalised() {
        List<Identifier> checked = identifiers == null
                ? null
                : identifiers.stream().map(Identifier::normalised).toList();
        return new Participant(id, ref, type, roles, name, aliases, checked, minor, represents);
    }

    /**
     * A natural person by masked name (surname and 某), without what could identify him: numbers, aliases, the owner's reference,
     * his age. A minor's identity needs {@code MINOR} too (未成年人保护法 art. 103). What a unit is called is no personal information.
     */
    @Override
    public Participant masked(Set<Caveat> opened) {
        boolean open = opened.contains(Caveat.PI) && (!Boolean.TRUE.equals(minor) || opened.contains(Caveat.MINOR));
        if (type == ParticipantType.UNIT || open) {
            return this;
        }
        return new Participant(
                id, null, type, roles, name == null ? null : Names.mask(name), null, null, null, represents);
    }

    @Override
    public UUID participantId() {
        return id == null ? Names.NOBODY : id;
    }

    Participant with(UUID assigned, @Nullable String represented) {
        return new Participant(assigned, ref, type, roles, name, aliases, identifiers, minor, represented);
    }
}
