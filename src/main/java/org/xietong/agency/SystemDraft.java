package org.xietong.agency;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.xietong.identifier.ZhName;

/**
 * A case system, or a console of administrators, as an administrator states it, whole.
 *
 * @param roles of {@link Role}
 */
public record SystemDraft(
        @ZhName("系统编号") @NotBlank @Size(max = 80) String id,
        @ZhName("单位编号") @NotBlank @Size(max = 64) String unit,
        @ZhName("系统名称") @NotBlank @Size(max = 200) String name,
        @ZhName("系统角色") @NotEmpty @Size(max = 4) List<@NotNull @Size(max = 32) String> roles)
        implements DirectoryDraft {

    DirectoryFile.SystemEntry entry() {
        return new DirectoryFile.SystemEntry(id, unit, name, Set.copyOf(roles), false, List.of());
    }
}
