package org.xietong.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.xietong.testing.CityResource;
import org.xietong.testing.ContractFilter;
import org.xietong.testing.OpenApiContract;

@QuarkusTest
@WithTestResource(CityResource.class)
class CodesResourceTest {
    @Test
    void listsWhatThereIs() {
        given().filter(new ContractFilter())
                .get("/v1/codes")
                .then()
                .statusCode(200)
                .body("lists.id", hasItem("right-types"));
    }

    @Test
    void givesNamesBasisAndConfidence() {
        given().filter(new ContractFilter())
                .get("/v1/codes/crimes")
                .then()
                .statusCode(200)
                .body("verified", equalTo("TEXT"))
                .body("entries.find { it.code == 'CL_214' }.zh", equalTo("销售假冒注册商标的商品罪"));
    }

    @Test
    void anUnknownListIsNotFound() {
        given().filter(new ContractFilter())
                .get("/v1/codes/nothing")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void theFilterFailsAnAnswerThatIsDocumentedOtherwise() throws Exception {
        JsonNode document = new YAMLMapper().readTree(Files.readString(OpenApiContract.COMMITTED));
        ((ObjectNode) document.at("/components/schemas/CodeList/properties")).remove("basis");
        ContractFilter strict = new ContractFilter(new OpenApiContract(document));
        assertThrows(AssertionError.class, () -> given().filter(strict).get("/v1/codes/crimes"));
    }
}
