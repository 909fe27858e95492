package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.xietong.client.SignedAnswer;

/** Prints the story and remembers whether every step did what it should. */
final class Stage {
    /** Who looks on where the city's own units act. */
    static final List<String> CITY =
            List.of("MSA-421200", "POLICE-421200", "PROC-421200", "COURT-421200", "IPO-421200", "COPYRIGHT-421200");

    /** Who looks on where the district's do. */
    static final List<String> DISTRICT = List.of(
            "MSA-421202",
            "POLICE-421202",
            "PROC-421202",
            "COURT-421202",
            "PROC-421200",
            "COURT-421200",
            "COPYRIGHT-421200");

    private final Cast cast;
    private final PrintStream out;
    private List<String> onlookers = CITY;
    private int step;
    private int failed;

    Stage(Cast cast, PrintStream out) {
        this.cast = cast;
        this.out = out;
    }

    Cast cast() {
        return cast;
    }

    boolean everythingAsExpected() {
        return failed == 0;
    }

    /** A chapter, and whose sight it shows. */
    void title(String zh, String en, List<String> watching) {
        onlookers = watching;
        out.printf("%n== %s / %s%n", zh, en);
    }

    /** A step of the story and the answer that it must get. */
    SignedAnswer step(String zh, String en, int expected, SignedAnswer answer) {
        return step(zh, en, expected, "", answer);
    }

    /** As above, with the problem's code. */
    SignedAnswer step(String zh, String en, int expected, String code, SignedAnswer answer) {
        step++;
        boolean right = answer.status() == expected
                && (code.isEmpty() || code.equals(Cast.json(answer).path("code").asText()));
        failed += right ? 0 : 1;
        out.printf("%n%2d. %s%n    %s%n", step, zh, en);
        out.printf(
                "    → %d %s  交换 %s%s%n",
                answer.status(), code, answer.exchangeId(), right ? "" : "  ✗ 与预期不符 unexpected");
        if (!right) {
            out.println("    " + Cast.json(answer));
        }
        return answer;
    }

    /** Something that must hold. */
    void expect(String zh, String en, boolean holds) {
        failed += holds ? 0 : 1;
        out.printf("    %s %s / %s%n", holds ? "✓" : "✗", zh, en);
    }

    /** What the onlookers see of a record now, but for its owner: view, and what is masked; under a line that names the record. */
    void showSight(String zh, String en, String owner, String path) {
        out.printf("    %s，各单位所见 / sight of %s:%n", zh, en);
        for (String unit : onlookers) {
            if (!unit.equals(owner)) {
                out.printf(
                        "      %-17s %s%n",
                        unit, sight(cast.call(unit, "GET", path).send()));
            }
        }
    }

    void line(String text) {
        out.println("    " + text);
    }

    private static String sight(SignedAnswer answer) {
        if (answer.status() == 404) {
            return "— 不可见 out of sight";
        }
        JsonNode meta = Cast.json(answer).path("meta");
        List<String> masked = new ArrayList<>();
        meta.path("masked").forEach(field -> masked.add(field.asText().replaceFirst("^/", "")));
        return meta.path("view").asText() + (masked.isEmpty() ? "" : "  隐去 masked: " + String.join(", ", masked));
    }
}
