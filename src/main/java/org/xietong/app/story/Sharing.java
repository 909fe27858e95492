package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;

/** What stands beside the chain of a case: a grant by two officers, a request for correction, and the feed of changes. */
final class Sharing {
    private final Stage stage;
    private final Steps steps;
    private final Cast cast;
    private final CompositeCase played;

    Sharing(Stage stage, CompositeCase played) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.cast = stage.cast();
        this.played = played;
    }

    void play() {
        grant();
        correction();
        changes();
    }

    private void grant() {
        String clue = played.clue();
        JsonNode proposed = steps.post(
                CompositeCase.MSA,
                1,
                clue + "/grants",
                """
                {"unit": "%s", "purpose": "case-handling", "view": "SUMMARY", "caveats": [], "until": "%s",
                 "reason": "包装涉嫌侵犯著作权，商请版权部门协助", "noStateSecret": true}
                """.formatted(CompositeCase.COPYRIGHT, OffsetDateTime.now().plusDays(30)),
                201,
                "第一名办案人员提议：政策之外向市版权局开放线索摘要三十日",
                "One officer proposes to open the clue's summary to the copyright bureau, beyond the policy, for thirty days");
        String grant = clue + "/grants/" + proposed.path("id").asText();
        String digest = "{\"digest\": \"" + proposed.path("digest").asText() + "\"}";
        steps.post(
                CompositeCase.MSA, 1, grant + "/approve", digest, 403, "本人不能批准自己的提议", "He cannot approve it himself");
        stage.showSight("线索（尚未批准）", "the clue, not approved yet", CompositeCase.MSA, clue);
        steps.post(
                CompositeCase.MSA,
                2,
                grant + "/approve",
                digest,
                200,
                "第二名办案人员用自己的密钥批准",
                "The second officer approves");
        stage.showSight("线索（已批准）", "the clue, approved", CompositeCase.MSA, clue);
        steps.post(CompositeCase.MSA, 1, grant + "/revoke", "{}", 200, "收回授权：立即生效", "The grant is revoked, at once");
        stage.expect(
                "市版权局又看不见",
                "the copyright bureau sees it no more",
                cast.call(CompositeCase.COPYRIGHT, "GET", clue).send().status() == 404);
    }

    private void correction() {
        JsonNode asked = steps.post(
                CompositeCase.POLICE,
                1,
                played.clue() + "/corrections",
                "{\"reason\": \"箱数与清点不符，请核对。\", \"fields\": [\"/content/goods\"], \"noStateSecret\": true}",
                201,
                "公安机关请求更正：不改动对方记录",
                "The police ask for a correction; the record stays its owner's");
        steps.post(
                CompositeCase.MSA,
                1,
                played.clue() + "/corrections/" + asked.path("id").asText() + "/reply",
                "{\"outcome\": \"REFUSED\", \"text\": \"经复核，158 箱无误。\", \"noStateSecret\": true}",
                200,
                "市场监督管理局答复：经复核无误，不予更正",
                "Market supervision replies: checked, nothing to correct");
    }

    private void changes() {
        Set<String> told = new TreeSet<>();
        String after = "";
        JsonNode page;
        do {
            page = steps.read(CompositeCase.MSA, "/v1/changes?limit=100" + after);
            page.path("items").forEach(change -> told.add(change.path("kind").asText()));
            after = "&after=" + page.path("next").asText();
        } while (page.path("more").asBoolean());
        stage.line("咸安区市场监督管理局的变更流提到 / its feed tells of: " + String.join(", ", told));
        stage.expect(
                "移送单位由变更流得知立案与裁判",
                "the sender learns of filing and judgment from the feed",
                told.contains("filing") && told.contains("judgment"));
    }
}
