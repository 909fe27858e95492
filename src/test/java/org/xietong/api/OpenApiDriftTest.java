package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.xietong.testing.CityResource;
import org.xietong.testing.OpenApiContract;

/**
 * The committed document is the one that the code makes. After a change of the API: {@code ./xietong openapi}, or
 * {@code mvn test -Dtest=OpenApiDriftTest -Dxietong.openapi.write=true}.
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class OpenApiDriftTest {
    private static final String WRITE = "xietong.openapi.write";
    private static final ObjectMapper YAML = new YAMLMapper();

    @Test
    void theCommittedDocumentIsTheCodes() throws Exception {
        String served = RestAssured.get("/openapi").asString();
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(OpenApiContract.COMMITTED.getParent());
            Files.writeString(OpenApiContract.COMMITTED, served);
        }
        JsonNode committed = YAML.readTree(Files.readString(OpenApiContract.COMMITTED));
        assertEquals(
                committed,
                YAML.readTree(served),
                OpenApiContract.COMMITTED + " is not what the code says; rewrite it with -D" + WRITE + "=true");
    }
}
