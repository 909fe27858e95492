package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.Audits;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.OutsideParties;
import org.xietong.testing.Registered;

/** Every command of the recipient's guide, as it is printed there, with nothing but a shell and openssl. */
@QuarkusTest
@WithTestResource(CityResource.class)
class OutsideGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n# (\\S+)\n(.*?)```", Pattern.DOTALL);

    private final City city = City.current();
    private final Map<String, String> commands = commands();
    private final Set<String> run = new HashSet<>();

    @Test
    void everyCommandWorks() throws Exception {
        for (boolean sm2 : List.of(false, true)) {
            OutsideParties parties = new OutsideParties(city);
            Path folder = parties.file("").normalize();
            given(folder);
            step(folder, sm2 ? "key-sm2" : "key-p256", "");
            parties.issue("unit");
            parties.register(parties.entry("guide", "AGENCY", "unit"));
            Registered clue = Registered.clue(city);
            JsonNode sent = sent(clue, parties.id("guide"));
            fetched(clue, sent, folder);
            step(folder, "open-certificate", "");
            unpack(folder);
            String checked = step(folder, "check", "");
            assertTrue(checked.contains("signed by the platform"), checked);
            step(folder, "receipt", "");
            step(folder, sm2 ? "sign-sm2" : "sign-p256", "");
            String signature = step(folder, "hand-over", "");
            SignedAnswer entered = city.signed(
                            City.MSA,
                            1,
                            "POST",
                            clue.path() + "/packets/" + sent.get("id").asText() + "/receipts")
                    .idempotencyKey()
                    .body(City.utf8("{\"outcome\": \"RECEIVED\", \"signature\": \"" + signature
                            + "\", \"noStateSecret\": true}"))
                    .send();
            Audits.reply(entered).requireStatus(201);
        }
        OutsideParties parties = new OutsideParties(city);
        Path folder = parties.file("").normalize();
        parties.register(parties.entry("guide", "AGENCY", ""));
        Registered clue = Registered.clue(city);
        JsonNode sent = sent(clue, parties.id("guide"));
        fetched(clue, sent, folder);
        step(folder, "open-passphrase", "PASSPHRASE=" + sent.get("passphrase").asText() + "\n");
        unpack(folder);
        assertTrue(Files.size(folder.resolve("packet/record.json")) > 0);
        Set<String> left = new HashSet<>(commands.keySet());
        left.removeAll(run);
        assertEquals(Set.of(), left, "commands that nobody ran");
    }

    /** The guide's own command; unzip is not on every machine that builds, so the JDK does what it does. */
    private void unpack(Path folder) {
        assertEquals("mkdir packet && cd packet && unzip -q ../packet.zip\n", commands.get("unpack"));
        OutsideParties.Ran ran =
                OutsideParties.run(folder, "sh", "-ec", "mkdir packet; cd packet; jar -xf ../packet.zip");
        assertEquals(0, ran.code(), ran.text());
        run.add("unpack");
    }

    private String step(Path folder, String name, String before) {
        OutsideParties.Ran ran = OutsideParties.run(folder, "sh", "-euc", before + commands.get(name));
        assertEquals(0, ran.code(), name + "\n" + ran.text());
        run.add(name);
        return ran.text();
    }

    private JsonNode sent(Registered clue, String recipient) {
        return Audits.reply(city.signed(City.MSA, 1, "POST", clue.path() + "/packets")
                        .idempotencyKey()
                        .body(City.utf8("{\"recipient\": \"" + recipient
                                + "\", \"view\": \"FULL\", \"purpose\": \"移送有管辖权的机关\","
                                + " \"documentNumber\": \"咸市监函〔2023〕3号\", \"noStateSecret\": true}"))
                        .send())
                .requireStatus(201)
                .json();
    }

    private void fetched(Registered clue, JsonNode sent, Path folder) throws IOException {
        SignedAnswer answer = city.signed(
                        City.MSA,
                        1,
                        "GET",
                        clue.path() + "/packets/" + sent.get("id").asText() + "/content")
                .send();
        assertEquals(200, answer.status());
        Files.write(folder.resolve("packet.p7m"), answer.body());
    }

    /** What the operator gives, as the guide says. */
    private static void given(Path folder) throws IOException {
        Files.copy(Path.of("src/main/resources/evidence/packet/verify.sh"), folder.resolve("verify.sh"));
        Files.writeString(
                folder.resolve("platform.pem"),
                certificate("platform-evidence-intl") + certificate("platform-evidence-gm"));
        Files.writeString(folder.resolve("roots.pem"), certificate("root-gm") + certificate("root-intl"));
    }

    private static String certificate(String name) throws IOException {
        return Files.readString(Path.of(ConfigProvider.getConfig().getValue("xietong.test.city", String.class))
                .resolve("certificates")
                .resolve(name + ".pem"));
    }

    private static Map<String, String> commands() {
        try {
            Map<String, String> found = new TreeMap<>();
            List<String> names = new ArrayList<>();
            Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/guides/outside.md")));
            while (block.find()) {
                names.add(block.group(1));
                found.put(block.group(1), block.group(2));
            }
            assertEquals(names.size(), found.size(), "each has a name of its own");
            return found;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
