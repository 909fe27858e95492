package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.xietong.identifier.CodeLists;
import org.xietong.problem.ProblemType;

/** docs/guides/integrate.md against the code: no problem is missing or listed under another status, no list invented. */
class IntegrateGuideTest {
    private static final Pattern CODES = Pattern.compile("/v1/codes/([a-z][a-z-]*)");

    @Test
    void tellsOfEveryProblemUnderItsStatus() throws IOException {
        Set<String> told = new TreeSet<>();
        for (String row : text("integrate.md").split("## 7\\.")[1].lines().toList()) {
            String[] cells = row.split("\\|");
            if (cells.length > 3 && cells[1].strip().matches("[0-9, ]+")) {
                for (String code : cells[2].strip().split(", ")) {
                    ProblemType type = ProblemType.valueOf(code);
                    told.add(code);
                    assertTrue(
                            List.of(cells[1].strip().split(", ")).contains(String.valueOf(type.status())),
                            code + " is not " + cells[1]);
                }
            }
        }
        assertEquals(
                new TreeSet<>(
                        Arrays.stream(ProblemType.values()).map(Enum::name).toList()),
                told);
    }

    @Test
    void namesCodeListsThatExist() throws IOException {
        for (String guide : List.of("integrate.md", "kinds.md")) {
            CODES.matcher(text(guide))
                    .results()
                    .forEach(list -> CodeLists.standard().list(list.group(1)));
        }
    }

    private static String text(String guide) throws IOException {
        return Files.readString(Path.of("docs/guides", guide));
    }
}
