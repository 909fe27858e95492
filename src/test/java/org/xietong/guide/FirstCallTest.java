package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.app.DemonstrationCity;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** The guide's first signed call, as a newcomer makes it: sh, curl and openssl against the running service. */
@QuarkusTest
@WithTestResource(CityResource.class)
class FirstCallTest {
    private static final Path SCRIPT = Path.of("docs", "guides", "first-call.sh");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"MSA-421200, gm", "COPYRIGHT-421200, intl", "IPO-421200, intl"})
    void readsWithNothingButShellCurlAndOpenssl(String unit, String suite) throws Exception {
        Run run = call(unit, suite, "/v1/clues?limit=5");
        assertEquals(0, run.code(), run.err());
        assertTrue(new ObjectMapper().readTree(run.out()).path("items").isArray(), run.out());
        assertTrue(run.err().contains("GET /v1/clues -> 200"), run.err());
    }

    /** An exchange that ends in a refusal is signed as well, and the script says which it was. */
    @Test
    void verifiesARefusalToo() throws Exception {
        Run run = call("MSA-421200", "gm", "/v1/clues/00000000-0000-4000-8000-000000000000");
        assertEquals(22, run.code(), run.err());
        assertEquals(
                "NOT_FOUND", new ObjectMapper().readTree(run.out()).path("code").asText());
    }

    @Test
    void trustsNoOtherPlatform() throws Exception {
        Run run = call("MSA-421200", "intl", "/v1/clues");
        assertEquals(1, run.code(), run.err());
        assertEquals("", run.out());
    }

    @Test
    void tellsItsUsage() throws Exception {
        Run run = run(List.of("http://127.0.0.1"));
        assertEquals(2, run.code());
        assertTrue(run.err().contains("BASE_URL"), run.err());
    }

    /** What the README quotes of the script stands in it, line by line. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void isQuotedAsItIs(String readme) throws IOException {
        String script = Files.readString(SCRIPT);
        String block = Files.readString(Path.of(readme))
                .split("<!-- quoted from docs/guides/first-call.sh -->\n```sh\n")[1]
                .split("```")[0];
        block.lines().filter(line -> !line.isBlank()).forEach(line -> assertTrue(script.contains(line), line));
    }

    private Run call(String unit, String suite, String target) throws Exception {
        City city = City.current();
        Path folder = city.keys().directoryFile().getParent();
        Path key = temporary.resolve("key.pem");
        List<String> export = List.of(
                "openssl",
                "pkcs12",
                "-nocerts",
                "-nodes",
                "-in",
                folder.resolve(unit + "-cms.p12").toString(),
                "-passin",
                "file:" + folder.resolve("password"),
                "-out",
                key.toString());
        Run exported = run(new ProcessBuilder(export));
        assertEquals(0, exported.code(), exported.err());
        Path certificates = folder.resolve("certificates");
        return run(List.of(
                city.base().toString(),
                DemonstrationCity.AUTHORITY,
                key.toString(),
                certificates.resolve(unit + "-cms.pem").toString(),
                certificates.resolve("platform-response-" + suite + ".pem").toString(),
                target));
    }

    private Run run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(Arrays.asList("sh", SCRIPT.toString()));
        command.addAll(arguments);
        return run(new ProcessBuilder(command));
    }

    private Run run(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile(temporary, "out", "");
        Path err = Files.createTempFile(temporary, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        return new Run(process.waitFor(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private record Run(int code, String out, String err) {}
}
