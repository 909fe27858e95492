package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Papers;
import org.xietong.testing.Stages;

/** Names with {@code ·}, of minorities, and with characters beyond the BMP, through every kind and path: as given or not at all. */
@QuarkusTest
@WithTestResource(CityResource.class)
class NamesTest {
    /** Beyond the BMP: two units of UTF-16 each, one character all the same. */
    private static final String RARE = "𠮷𡈽𬱖";

    private static final String MINORITY = "阿卜杜拉·买买提•𠮷";
    private static final String PDF = "application/pdf";

    private final Casework work = new Casework();

    /**
     * @param ofFiling whether it is a stage of a criminal filing
     * @param content with two suspects, {@code P1} and {@code P2}
     * @param summary a unit that sees the record in summary
     */
    record Case(String kind, String owner, boolean ofFiling, String content, Optional<String> summary) {
        @Override
        public String toString() {
            return kind;
        }
    }

    static Stream<Case> kinds() {
        String holders = "\"rightHolders\": [{\"name\": \"" + RARE + "\", \"type\": \"NATURAL_PERSON\"}, {\"name\": \""
                + MINORITY + "\", \"type\": \"NATURAL_PERSON\"}],";
        String clue = Drafts.clue("").replace("\"place\"", holders + "\"place\"");
        String inner = clue.substring(clue.indexOf("\"rightType\""), clue.indexOf("\"participants\""))
                + Stages.participants("P1", "P2");
        return Stream.of(
                of("clue", City.MSA, false, inner, City.COPYRIGHT),
                of(
                        "filing",
                        City.POLICE,
                        false,
                        "\"filingType\": \"CRIMINAL\", \"charge\": \"CL_214\"," + Stages.participants("P1", "P2"),
                        null),
                of(
                        "penalty",
                        City.MSA,
                        false,
                        "\"rightType\": \"TRADEMARK\", \"facts\": \"销售\"," + Stages.participants("P1", "P2"),
                        City.COURT),
                of("investigation", City.POLICE, true, Stages.measure("SEARCH", "P1", "P2"), City.PROC),
                of("arrest", City.POLICE, true, Stages.arrest("P1", "P2"), null),
                of("prosecution", City.PROC, true, Stages.prosecution("P1", "P2"), City.MSA),
                of("judgment", City.COURT, false, Stages.judgment("P1", "P2"), null),
                of("enforcement", City.COURT, false, Stages.enforcement("P1", "P2"), City.IPO),
                of(
                        "supervision",
                        City.PROC,
                        false,
                        Stages.supervision("FILING", "," + Stages.participants("P1", "P2")),
                        null));
    }

    private static Case of(String kind, String owner, boolean ofFiling, String content, @Nullable String summary) {
        String named = content.replaceAll("\"id\": \"(P\\d)\"", "\"ref\": \"$1\"")
                .replaceFirst("\"某某\"", "\"" + RARE + "\"")
                .replaceFirst("\"某某\"", "\"" + MINORITY + "\"");
        return new Case(kind, owner, ofFiling, named, Optional.ofNullable(summary));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areWholeCharactersInEveryKindOnEveryPath(Case it) {
        List<Feed> feeds = new ArrayList<>();
        it.summary().ifPresent(unit -> feeds.add(Feed.of(unit).now()));
        String filing = it.ofFiling() ? CriminalCase.ofThePolice().filing().id() : null;
        Piece piece = work.create(it.owner(), it.kind(), Stages.draft(filing, it.content()));
        JsonNode created = Casework.json(get(it.owner(), piece.path()));
        SignedAnswer amended = work.city()
                .call(it.owner(), "PUT", piece.path())
                .ifMatch("*")
                .body(City.utf8("{\"noStateSecret\": true, \"documentNumber\": \"咸𠮷字〔2023〕1号\", \"content\": "
                        + created.get("content") + "}"))
                .send();
        assertEquals(200, amended.status(), Casework.text(amended));
        assertEquals(created.get("content"), Casework.json(amended).get("content"));
        attach(it.owner(), piece);

        String list = Casework.collection(it.kind()) + "?matterId=" + piece.matter();
        for (String target : List.of(piece.path(), piece.path() + "/history", list)) {
            String text = whole(get(it.owner(), target));
            assertTrue(text.contains("\"" + RARE + "\"") && text.contains("\"" + MINORITY + "\""), text);
        }
        it.summary().ifPresent(unit -> {
            assertEquals(
                    "SUMMARY",
                    Casework.json(get(unit, piece.path())).at("/meta/view").asText());
            for (String target : List.of(piece.path(), list, "/v1/matters/" + piece.matter() + "/timeline")) {
                String text = whole(get(unit, target));
                assertFalse(text.contains("𡈽") || text.contains("买买提") || text.contains("卜"), text);
            }
            List<JsonNode> news = feeds.getFirst().read(100);
            assertTrue(news.toString().contains(piece.id()), "the feed tells of it");
            assertFalse(news.toString().contains("𠮷"), "and of nobody's name");
        });
    }

    /** What a summary shows of a natural person is his first character, whole, and 某. */
    @Test
    void areMaskedByCodePointWhereASummaryShowsThem() {
        Case clue = kinds().findFirst().orElseThrow();
        Piece piece = work.create(clue.owner(), clue.kind(), Stages.draft(null, clue.content()));
        for (String target : List.of(piece.path(), "/v1/clues?matterId=" + piece.matter())) {
            JsonNode seen = Casework.json(get(City.COPYRIGHT, target));
            JsonNode view = seen.has("items") ? seen.get("items").get(0) : seen;
            assertEquals("𠮷某", view.at("/content/rightHolders/0/name").asText());
            assertEquals("阿某", view.at("/content/rightHolders/1/name").asText());
        }
    }

    private void attach(String owner, Piece piece) {
        String name = RARE + "、" + MINORITY + ".pdf";
        byte[] bytes = Papers.pdf(RARE, 100);
        SignedAnswer announced = work.city()
                .call(owner, "POST", piece.path() + "/attachments")
                .idempotencyKey()
                .body(City.utf8(Papers.announcement(name, PDF, bytes, "")))
                .send();
        assertEquals(201, announced.status(), Casework.text(announced));
        String content = piece.path() + "/attachments/"
                + Casework.json(announced).get("id").asText() + "/content";
        assertEquals(
                200,
                work.city()
                        .call(owner, "PUT", content)
                        .contentType(PDF)
                        .body(bytes)
                        .send()
                        .status());
        assertEquals(
                name,
                Casework.json(get(owner, piece.path() + "/attachments"))
                        .at("/items/0/name")
                        .asText());
        String disposition =
                get(owner, content).headers().firstValue("Content-Disposition").orElseThrow();
        assertEquals(
                name, URLDecoder.decode(disposition.substring(disposition.indexOf("''") + 2), StandardCharsets.UTF_8));
    }

    /** What the answer says, in which no character was cut in two. */
    private static String whole(SignedAnswer answer) {
        String text = Casework.json(answer).toString();
        assertTrue(text.codePoints().noneMatch(c -> c == 0xFFFD || Character.getType(c) == Character.SURROGATE), text);
        return text;
    }

    private SignedAnswer get(String unit, String target) {
        SignedAnswer answer = work.city().call(unit, "GET", target).send();
        assertEquals(200, answer.status(), () -> target + " " + Casework.text(answer));
        return answer;
    }
}
