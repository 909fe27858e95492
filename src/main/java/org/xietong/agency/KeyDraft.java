package org.xietong.agency;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A certificate for a system or officer.
 *
 * @param certificate PEM, exactly one
 * @param validFrom first day, Asia/Shanghai; may narrow the certificate's own dates
 * @param replaces the key that it follows, of the same holder
 * @param overlapUntil until when the old one holds beside the new one; required with {@code replaces}
 */
public record KeyDraft(
        @ZhName("证书") @NotBlank @Size(max = 16_384) String certificate,
        @ZhName("启用日期") @Nullable LocalDate validFrom,
        @ZhName("停用日期") @Nullable LocalDate validTo,

        @ZhName("被替换密钥") @Nullable @Pattern(regexp = "[0-9a-f]{64}") @Size(max = 64)
        String replaces,

        @ZhName("新旧并用至") @Nullable OffsetDateTime overlapUntil)
        implements DirectoryDraft {

    DirectoryFile.CertificateEntry entry() {
        return new DirectoryFile.CertificateEntry(
                certificate, Optional.ofNullable(validFrom), Optional.ofNullable(validTo));
    }
}
