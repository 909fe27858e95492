package org.xietong.api.openapi;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.xietong.problem.ProblemType;

/** RFC 9457 problems as every operation may answer them. No resource returns one, so no scanner finds it. */
final class ProblemSchemas {
    static final String PROBLEM = "Problem";
    private static final String FAULT = "FieldFault";

    private ProblemSchemas() {}

    static void addTo(Map<String, Schema> schemas) {
        Schema rule = string("规则", "稳定的规则代码，见 /v1/codes/rules / Stable code of the rule");
        rule.addExtension(WireRecords.CODE_LIST, "rules");
        Schema fault = object("字段错误：只指出字段和规则，不回显所提交的值 / Field and rule, never the submitted value")
                .addProperty(
                        "field",
                        string(
                                "字段",
                                "JSON Pointer（RFC 6901），或标头、参数名 / JSON pointer, or name of the header or parameter"))
                .addProperty("rule", rule)
                .required(List.of("field", "rule"));
        Schema code = string("问题代码", "稳定，程序据此判断 / Stable; programs decide by it");
        Arrays.stream(ProblemType.values()).forEach(type -> code.addEnumeration(type.name()));
        Schema problem = object("问题说明（RFC 9457） / Problem details")
                .addProperty("type", string("问题类型", "urn:xietong:problem:<code>"))
                .addProperty(
                        "title", string("标题", "按 Accept-Language 给出中文或英文 / Chinese or English, by Accept-Language"))
                .addProperty("status", named("状态码", SchemaType.INTEGER).description("HTTP 状态码 / HTTP status"))
                .addProperty("code", code)
                .addProperty(
                        "exchangeId",
                        string("交换编号", "身份验证之前没有 / Absent before authentication")
                                .format("uuid"))
                .addProperty(
                        "retryable",
                        named("可否重试", SchemaType.BOOLEAN)
                                .description("同一请求重新签名后能否成功 / Whether the same request, newly signed, may succeed"))
                .addProperty(
                        "faults",
                        named("字段错误", SchemaType.ARRAY)
                                .description("哪些字段违反哪些规则 / Which fields break which rules")
                                .items(OASFactory.createSchema().ref("#/components/schemas/" + FAULT)))
                .required(List.of("code", "retryable", "status", "title", "type"));
        schemas.put(FAULT, fault);
        schemas.put(PROBLEM, problem);
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).description(description);
    }

    private static Schema string(String zhName, String description) {
        return named(zhName, SchemaType.STRING).description(description);
    }

    private static Schema named(String zhName, SchemaType type) {
        Schema schema = OASFactory.createSchema().addType(type);
        schema.addExtension(WireRecords.ZH_NAME, zhName);
        return schema;
    }
}
