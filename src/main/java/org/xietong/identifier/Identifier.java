package org.xietong.identifier;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A number that identifies a person, unit, right or document. Whoever claims that it was verified must give one that passes its
 * check; any other is kept as it was stated and flagged. Components may be null in a masked copy.
 *
 * @param value as stated in a draft; in its normal form once stored, where it passes its check
 * @param verified the owner says that he checked it against its source
 * @param verification how, a code of {@code identifier-verification}; required with {@code verified}
 * @param asStated set by the service: kept as stated, not checked. Where a draft gives it, it must agree.
 */
@ValidIdentifier
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identifier(
        @ZhName("号码类型") @NotNull @Nullable IdentifierType type,
        @ZhName("号码") @Size(max = 64) @Nullable String value,
        @ZhName("是否核验") @Nullable Boolean verified,

        @ZhName("核验方式") @Code("identifier-verification") @Nullable
        String verification,

        @ZhName("是否按所述登记") @Nullable Boolean asStated) {

    /** A number that its owner does not claim to have verified. */
    public static Identifier stated(IdentifierType type, String value) {
        return new Identifier(type, value, false, null, null).normalised();
    }

    /** The form that is stored: the normal form where the check passes, otherwise as stated and flagged. */
    public Identifier normalised() {
        boolean claimed = Boolean.TRUE.equals(verified);
        if (type != null && value != null && type.read(value).orElse(null) instanceof Reading.Parsed parsed) {
            return new Identifier(type, parsed.normalised(), claimed, verification, false);
        }
        return new Identifier(type, value, claimed, verification, true);
    }
}
