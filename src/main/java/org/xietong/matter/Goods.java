package org.xietong.matter;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/**
 * One line of the list of goods concerned 涉案物品清单 (国务院令310号 §6).
 *
 * @param quantity decimal string, in {@code unit}
 * @param value of the whole line, decimal string in yuan
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Goods(
        @ZhName("物品名称") @NotBlank @Size(max = 200) @Nullable String name,
        @ZhName("品牌") @Size(max = 100) @Nullable String brand,
        @ZhName("规格型号") @Size(max = 200) @Nullable String specification,

        @ZhName("数量") @Pattern(regexp = Amount.DECIMAL) @Nullable
        String quantity,

        @ZhName("计量单位") @Code("amount-unit") @Nullable String unit,

        @ZhName("货值（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
        String value,

        @ZhName("备注") @Size(max = 500) @Nullable String note) {}
