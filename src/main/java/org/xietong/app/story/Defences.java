package org.xietong.app.story;

import static org.xietong.app.story.CompositeCase.COPYRIGHT;
import static org.xietong.app.story.CompositeCase.MSA;
import static org.xietong.app.story.CompositeCase.POLICE;

import org.xietong.client.PreparedRequest;
import org.xietong.client.Purpose;
import org.xietong.client.RawAnswer;

/** What the service refuses, and how. */
final class Defences {
    private final Stage stage;
    private final Cast cast;
    private final CompositeCase played;

    Defences(Stage stage, CompositeCase played) {
        this.stage = stage;
        this.cast = stage.cast();
        this.played = played;
    }

    void play() {
        stage.step(
                "版权局查询该立案：看不见，与不存在同答",
                "The copyright bureau asks for the filing: out of sight, answered like one that does not exist",
                404,
                "NOT_FOUND",
                cast.call(COPYRIGHT, "GET", played.filing()).send());
        stage.step(
                "市场监管局替公安机关撤案：可见但无权",
                "Market supervision tries to withdraw the police's filing: it sees it, and has no right",
                403,
                "FORBIDDEN",
                cast.signed(MSA, 1, "POST", played.filing() + "/acts/withdraw")
                        .idempotencyKey()
                        .ifMatch("\"any\"")
                        .body(Steps.utf8("{}"))
                        .send());
        stage.step(
                "标有“机密★5年”的材料：拒收，内容不留存",
                "Material marked as a state secret: refused, and nothing of it kept",
                422,
                "STATE_SECRET_REFUSED",
                cast.call(MSA, "POST", "/v1/clues")
                        .idempotencyKey()
                        .body(Steps.utf8(StoryBodies.STATE_SECRET))
                        .send());
        replay();
    }

    private void replay() {
        PreparedRequest request = cast.client(POLICE)
                .call("GET", played.clue())
                .purpose(Purpose.of("case-handling"))
                .prepare();
        cast.client(POLICE).exchange(request);
        RawAnswer again = cast.client(POLICE).exchangeUnverified(request);
        stage.step(
                "同一请求原样重放：拒绝",
                "The very same request again: refused as a replay",
                409,
                "REPLAYED",
                cast.client(POLICE).verify(request, again));
    }
}
