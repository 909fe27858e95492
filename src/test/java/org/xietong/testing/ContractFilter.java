package org.xietong.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;

/**
 * Fails any test whose answer departs from the OpenAPI document. {@code RestAssured.filters(new ContractFilter())}. An unknown
 * path may answer 404 and an unknown method 405, as problems.
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
            List<String> faults = contract.faults(new OpenApiContract.Answer(
                    request.getMethod(),
                    path,
                    response.statusCode(),
                    response.contentType(),
                    response::header,
                    response.asByteArray()));
            if (!faults.isEmpty() && !isUnknownRoute(faults, response)) {
                throw new AssertionError(request.getMethod() + " " + path + " answers " + response.statusCode()
                        + " otherwise than documented: " + faults);
            }
        }
        return response;
    }

    private static boolean isUnknownRoute(List<String> faults, Response response) {
        boolean problem =
                response.contentType() != null && response.contentType().startsWith("application/problem+json");
        return problem
                && ((faults.contains("undocumented path") && response.statusCode() == 404)
                        || (faults.contains("undocumented method") && response.statusCode() == 405));
    }
}
