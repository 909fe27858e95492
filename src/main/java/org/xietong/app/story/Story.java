package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.xietong.app.DemonstrationCity;
import org.xietong.app.DemonstrationClock;

/**
 * The demonstration: one case from the inspection to the last instalment and back to an administrative penalty, the published
 * facts of four real ones loaded as their agencies would, and what is refused. Individuals are 某某; what is filled in says so 〔补〕.
 */
public final class Story {
    private static final String AUDITOR = "AUD-421200";
    private static final DateTimeFormatter BEIJING = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    private final Stage stage;
    private final Cast cast;
    private final DemonstrationClock clock;
    private final @Nullable Path evidence;

    /** @param evidence where the clients keep each exchange's signatures; none keeps none */
    public Story(DemonstrationCity city, URI base, DemonstrationClock clock, @Nullable Path evidence) {
        this.clock = clock;
        this.evidence = evidence;
        cast = new Cast(city, base, evidence);
        stage = new Stage(cast, System.out);
    }

    /** True where every step did what it should. */
    public boolean play() {
        units();
        CompositeCase composite = new CompositeCase(stage);
        stage.title("综合案例：从现场检查到提起公诉", "The composite case: from the inspection to the indictment", Stage.DISTRICT);
        composite.playToTheIndictment();
        stage.title("综合案例：审判、执行与反向衔接", "The composite case: trial, enforcement, and the way back", Stage.DISTRICT);
        new CompositeEnd(stage, composite).play();
        stage.title("案件移送与法定期限", "Handing cases over, and the days that run", Stage.DISTRICT);
        new HandingOver(stage).play();
        stage.title(
                "法律监督：建议、说明理由、通知立案", "Supervision: a complaint, the reasons, and the order to file", Stage.DISTRICT);
        Supervising supervising = new Supervising(stage);
        supervising.play();
        stage.title("协作请求", "A request between units of one matter", Stage.DISTRICT);
        new Asking(stage).play();
        stage.title("移送提示：达到追诉标准的行政处罚", "Prompts: penalties that reach a criminal threshold", Stage.DISTRICT);
        Prompting prompting = new Prompting(stage, clock);
        prompting.play();
        stage.title("监督线索清单", "The procuratorate's lists of what may have been lost", Stage.DISTRICT);
        new Overseeing(stage, prompting.late(), supervising.refused()).play();
        stage.title("系统外接收单位：加密数据包与回执", "Recipients outside the system: sealed packets and receipts", Stage.CITY);
        new SealedPackets(stage).play();
        stage.title("授权、更正与变更流", "A grant, a correction, and the feed of changes", Stage.DISTRICT);
        new Sharing(stage, composite).play();
        stage.title("四个真实案例：批量补录", "Four real cases: loaded in bulk as what happened before", Stage.CITY);
        new RealCases(stage).load();
        stage.title("机构管理：三员", "Administration: three roles", Stage.CITY);
        new Administering(stage).play();
        stage.title("拒绝与防护", "Denials and defences", Stage.DISTRICT);
        new Defences(stage, composite).play();
        stage.title("审计", "Audit", Stage.CITY);
        audit();
        keepEvidence(composite);
        stage.line("");
        stage.expect("全部步骤均如预期", "every step did what it should", stage.everythingAsExpected());
        return stage.everythingAsExpected();
    }

    private void units() {
        stage.line("参与单位 / who takes part:");
        cast.city().unitNames().forEach((unit, name) -> stage.line("  %-17s %s".formatted(unit, name)));
    }

    private void audit() {
        JsonNode list = Cast.json(stage.step(
                "审计组列出最近的交换（无案件内容）",
                "The auditor lists the latest exchanges; they hold no case content",
                200,
                cast.audit(AUDITOR, "/v1/exchanges?limit=20").send()));
        list.path("items")
                .forEach(row -> stage.line("%s  %-17s %-14s %-16s %-6s %d  %s"
                        .formatted(
                                OffsetDateTime.parse(row.path("time").asText())
                                        .atZoneSameInstant(ZoneId.of("Asia/Shanghai"))
                                        .format(BEIJING),
                                row.path("unit").asText(),
                                row.path("operation").asText(),
                                row.path("kind").asText("-"),
                                row.path("outcome").asText(),
                                row.path("status").asInt(),
                                row.path("rule").asText())));
    }

    private void keepEvidence(CompositeCase composite) {
        if (evidence != null) {
            int exchanges = cast.exchanges();
            int entries = cast.fetchEntries();
            stage.expect(
                    "每次交换的证据与日志条目已由客户端保存：" + entries,
                    "the client kept evidence and journal entry of every exchange",
                    entries == exchanges);
            try {
                int bundles = cast.keepBundles(composite.matter());
                stage.expect("证据包已保存：" + bundles, "bundles of evidence were kept", bundles > 0);
                long size = cast.keepLog();
                stage.expect("日志副本已保存，条目数 " + size, "a copy of the log was kept", size > exchanges);
            } catch (IOException e) {
                stage.expect("证据未能保存：" + e.getMessage(), "the evidence could not be kept", false);
            }
        }
    }
}
