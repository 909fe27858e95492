package org.xietong.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** Who reported 举报人. Shown to the owner, and to a named officer by grant only (公安机关办理刑事案件程序规定 art. 173). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Informant(
        @ZhName("是否匿名") @NotNull @Nullable Boolean anonymous,
        @ZhName("举报人姓名") @Size(max = 200) @Nullable String name,
        @ZhName("联系方式") @Size(max = 100) @Nullable String contact,
        @ZhName("是否要求保密") @Nullable Boolean confidential) {}
