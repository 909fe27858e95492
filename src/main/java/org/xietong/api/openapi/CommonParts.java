package org.xietong.api.openapi;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.xietong.problem.ProblemType;

/** What operations share: headers of requests and answers, the token, and one problem response per status. */
final class CommonParts {
    static final String TOKEN = "token";

    private CommonParts() {}

    static void addTo(OpenAPI document) {
        Components components = document.getComponents();
        components.addSecurityScheme(
                TOKEN,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("短期访问令牌（JWT ES256，不超过 10 分钟），与签名密钥绑定；身份以请求签名为准"));
        for (RequestHeader header : RequestHeader.values()) {
            components.addParameter(header.component(false), parameter(header, false));
            if (header.sometimesRequired()) {
                components.addParameter(header.component(true), parameter(header, true));
            }
        }
        for (AnswerHeader header : AnswerHeader.values()) {
            components.addHeader(header.component(), header(header));
        }
        titlesByStatus()
                .forEach((status, titles) -> components.addResponse(
                        problemResponse(status),
                        OASFactory.createAPIResponse()
                                .description(titles)
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                "application/problem+json",
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref("#/components/schemas/"
                                                                        + ProblemSchemas.PROBLEM))))));
    }

    static String problemResponse(int status) {
        return "Problem" + status;
    }

    private static Map<Integer, String> titlesByStatus() {
        return Arrays.stream(ProblemType.values())
                .collect(Collectors.groupingBy(
                        ProblemType::status,
                        TreeMap::new,
                        Collectors.mapping(type -> type.name() + " " + type.zh(), Collectors.joining("；"))));
    }

    private static Parameter parameter(RequestHeader header, boolean required) {
        return OASFactory.createParameter()
                .name(header.headerName())
                .in(Parameter.In.HEADER)
                .required(required || header.alwaysRequired())
                .description(header.description())
                .schema(text());
    }

    private static Header header(AnswerHeader header) {
        return OASFactory.createHeader()
                .description(header.description())
                .required(header.always())
                .schema(header == AnswerHeader.EXCHANGE_ID ? text().format("uuid") : text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
