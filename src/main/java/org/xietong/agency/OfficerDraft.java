package org.xietong.agency;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** An officer as an administrator states him, whole. A role is granted by an act of its own. */
public record OfficerDraft(
        @ZhName("人员编号") @NotBlank @Size(max = 80) String id,
        @ZhName("单位编号") @NotBlank @Size(max = 64) String unit,
        @ZhName("姓名") @NotBlank @Size(max = 100) String name,
        @ZhName("职务") @Nullable @Size(max = 100) String title)
        implements DirectoryDraft {

    DirectoryFile.OfficerEntry entry() {
        return new DirectoryFile.OfficerEntry(
                id, unit, name, title == null ? "" : title, Optional.empty(), false, List.of());
    }
}
