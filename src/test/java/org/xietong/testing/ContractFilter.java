package org.xietong.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;

/**
 * Fails any test whose answer departs from the OpenAPI document. {@code RestAssured.filters(new ContractFilter())}.
 */
public final class ContractFilter implements Filter {
    private static final String API = "/v1/";

    private final OpenApiContract contract;

    public ContractFilter() {
        this(OpenApiContract.committed());
    }

    public ContractFilter(OpenApiContract contract) {
        this.contract = contract;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        String path = URI.create(request.getURI()).getPath();
        if (path.startsWith(API)) {
            contract.require(new OpenApiContract.Answer(
                    request.getMethod(),
                    path,
                    response.statusCode(),
                    response.contentType(),
                    response::header,
                    response.asByteArray()));
        }
        return response;
    }
}
