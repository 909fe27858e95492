package org.xietong.api.openapi;

import static org.xietong.exchange.Operation.ATTACHMENT_DOWNLOAD;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.EvidenceBundles;
import org.xietong.exchange.ExchangeReceipts;
import org.xietong.exchange.LogExports;
import org.xietong.exchange.Operation.Need;
import org.xietong.exchange.TableFormat;
import org.xietong.record.AttachmentType;
import org.xietong.record.Packets;

/** Completes each operation with its text, its headers, its true status, and the problems that it can answer. */
final class OperationParts {
    private static final String JSON = "application/json";
    private static final List<Integer> OPEN_PROBLEMS = List.of(404, 406, 429, 500, 503);
    private static final List<Integer> PROBLEMS = List.of(400, 401, 403, 404, 406, 409, 422, 429, 500, 503);

    private final ResourceMethods methods;

    OperationParts(ResourceMethods methods) {
        this.methods = methods;
    }

    void complete(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((verb, operation) -> complete(path, verb, operation)));
    }

    private void complete(String path, HttpMethod verb, Operation operation) {
        operation.setOperationId(shortId(operation.getOperationId()));
        Optional<org.xietong.exchange.Operation> exchanged = methods.exchanged(path, verb);
        if (exchanged.isPresent()) {
            describe(operation, OperationText.of(exchanged.get()));
            addHeaders(operation, exchanged.get());
            operation.setResponses(responses(operation, exchanged.get()));
        } else {
            operation.setResponses(openResponses(operation));
        }
    }

    /** {@code ClueResource_create} as {@code createClue}: short, unique, fit for generated clients. */
    private static @Nullable String shortId(@Nullable String scanned) {
        int cut = scanned == null ? -1 : scanned.indexOf("Resource_");
        return scanned == null || cut < 0
                ? scanned
                : scanned.substring(cut + "Resource_".length()) + scanned.substring(0, cut);
    }

    private static void describe(Operation operation, OperationText text) {
        if (operation.getSummary() == null) {
            operation.setSummary(text.summary());
        }
        if (operation.getDescription() == null) {
            operation.setDescription(text.description());
        }
    }

    private static void addHeaders(Operation operation, org.xietong.exchange.Operation exchanged) {
        List<Parameter> parameters = new ArrayList<>();
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn() != Parameter.In.HEADER)
                    .forEach(parameters::add);
        }
        parameters.add(reference(RequestHeader.SIGNATURE_INPUT, true));
        parameters.add(reference(RequestHeader.SIGNATURE, true));
        if (operation.getRequestBody() != null) {
            parameters.add(reference(RequestHeader.CONTENT_DIGEST, true));
        }
        parameters.add(reference(RequestHeader.PURPOSE, true));
        parameters.add(reference(RequestHeader.OFFICER, exchanged.needs(Need.OFFICER)));
        if (exchanged.writes()) {
            parameters.add(reference(RequestHeader.IDEMPOTENCY_KEY, exchanged.needs(Need.IDEMPOTENCY_KEY)));
            parameters.add(reference(RequestHeader.IF_MATCH, exchanged.needs(Need.IF_MATCH)));
        }
        operation.setParameters(parameters);
        operation.setSecurity(
                exchanged.needs(Need.WITHOUT_TOKEN)
                        ? List.of()
                        : List.of(OASFactory.createSecurityRequirement().addScheme(CommonParts.TOKEN)));
    }

    private static Parameter reference(RequestHeader header, boolean required) {
        return OASFactory.createParameter().ref("#/components/parameters/" + header.component(required));
    }

    private static APIResponses responses(Operation operation, org.xietong.exchange.Operation exchanged) {
        APIResponses responses = OASFactory.createAPIResponses();
        for (String status : successes(exchanged)) {
            APIResponse success = success(operation, "201".equals(status) ? "已登记" : "成功");
            bytes(exchanged).ifPresent(success::setContent);
            for (AnswerHeader header : AnswerHeader.values()) {
                success.addHeader(
                        header.headerName(),
                        OASFactory.createHeader().ref("#/components/headers/" + header.component()));
            }
            responses.addAPIResponse(status, success);
        }
        List<Integer> problems = new ArrayList<>(PROBLEMS);
        if (operation.getRequestBody() != null) {
            problems.addAll(List.of(413, 415));
        }
        if (exchanged.writes()) {
            problems.addAll(List.of(410, 412, 428));
        }
        if (exchanged == ATTACHMENT_DOWNLOAD) {
            problems.add(410);
        }
        addProblems(responses, problems);
        return responses;
    }

    private static APIResponses openResponses(Operation operation) {
        APIResponses responses = OASFactory.createAPIResponses();
        responses.addAPIResponse("200", success(operation, "成功"));
        List<Integer> problems = new ArrayList<>(OPEN_PROBLEMS);
        if (operation.getRequestBody() != null) {
            problems.addAll(List.of(400, 413, 415));
        }
        addProblems(responses, problems);
        return responses;
    }

    /** What a committed write or a read answers with; SmallRye knows 200 only. */
    private static List<String> successes(org.xietong.exchange.Operation exchanged) {
        return switch (exchanged) {
            case RECORD_CREATE,
                    ADMIN_PROPOSE,
                    ATTACHMENT_ANNOUNCE,
                    LABEL_LOWERING_PROPOSE,
                    GRANT_PROPOSE,
                    ERASURE_PROPOSE,
                    SPILL_REPORT,
                    SPILL_RELEASE,
                    MATTER_INVITE,
                    MATTER_TAKE_OUT,
                    MATTER_LINK,
                    CORRECTION_REQUEST,
                    INQUIRY_PROPOSE,
                    DEADLINE_START,
                    DEADLINE_ORDER,
                    PACKET_SEND,
                    PACKET_ANSWER,
                    READING_REPORT -> List.of("201");
            case RECORD_UPSERT -> List.of("200", "201");
            default -> List.of("200");
        };
    }

    /** A success with the body that the resource method returns. */
    private static APIResponse success(Operation operation, String description) {
        APIResponse scanned = scannedSuccess(operation);
        APIResponse success = OASFactory.createAPIResponse().description(description);
        if (scanned != null && scanned.getContent() != null) {
            scanned.getContent().getMediaTypes().entrySet().stream()
                    .findFirst()
                    .ifPresent(media -> success.setContent(
                            OASFactory.createContent().addMediaType(stated(media.getKey()), media.getValue())));
        }
        return success;
    }

    private static String stated(String scannedType) {
        return scannedType.contains("*") ? JSON : scannedType;
    }

    /** What answers with bytes of a type of its own, rather than JSON; an attachment with whatever type it has. */
    private static Optional<Content> bytes(org.xietong.exchange.Operation exchanged) {
        return switch (exchanged) {
            case ATTACHMENT_DOWNLOAD ->
                Optional.of(bytes(Arrays.stream(AttachmentType.values()).map(AttachmentType::mediaType)));
            case EXCHANGE_RECEIPT -> Optional.of(bytes(Stream.of(ExchangeReceipts.MEDIA_TYPE)));
            case EXCHANGE_EVIDENCE, MATTER_EVIDENCE -> Optional.of(bytes(Stream.of(EvidenceBundles.MEDIA_TYPE)));
            case PACKET_COLLECT -> Optional.of(bytes(Stream.of(Packets.MEDIA_TYPE)));
            case EXCHANGE_TABLE, EXCEPTION_TABLE ->
                Optional.of(bytes(Arrays.stream(TableFormat.values()).map(TableFormat::mediaType)));
            case LOG_BUNDLE -> Optional.of(bytes(Stream.of(LogExports.BUNDLE)));
            case LOG_ENTRIES -> Optional.of(bytes(Stream.of(LogExports.LINES)));
            default -> Optional.empty();
        };
    }

    private static Content bytes(Stream<String> mediaTypes) {
        Content content = OASFactory.createContent();
        for (String type : mediaTypes.toList()) {
            content.addMediaType(
                    type.split(";", 2)[0],
                    OASFactory.createMediaType()
                            .schema(OASFactory.createSchema()
                                    .addType(SchemaType.STRING)
                                    .format("binary")));
        }
        return content;
    }

    private static @Nullable APIResponse scannedSuccess(Operation operation) {
        if (operation.getResponses() == null || operation.getResponses().getAPIResponses() == null) {
            return null;
        }
        Map<String, APIResponse> scanned =
                new LinkedHashMap<>(operation.getResponses().getAPIResponses());
        return scanned.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("2"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static void addProblems(APIResponses responses, List<Integer> statuses) {
        statuses.stream()
                .sorted()
                .forEach(status -> responses.addAPIResponse(
                        String.valueOf(status),
                        OASFactory.createAPIResponse()
                                .ref("#/components/responses/" + CommonParts.problemResponse(status))));
    }
}
