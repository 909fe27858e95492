package org.xietong.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.DisclosureQueries;
import org.xietong.ledger.ExchangeCursor;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.ledger.ExchangePage;
import org.xietong.ledger.ExchangeQueries;
import org.xietong.ledger.ExchangeScope;
import org.xietong.ledger.Sought;
import org.xietong.ledger.LogEntries;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.Receipts;

/** What an auditor asks, each question with other values every time; past HTTP and signatures, which cost the same at any size. */
final class AuditProbes {
    private static final int PAGE = 50;

    private static final ExchangeScope.Within INQUIRY = new ExchangeScope.Within(
            AuditFill.AGENCIES, List.of(), AuditFill.BEGIN, AuditFill.BEGIN.plus(Duration.ofDays(3_000)));

    private final ExchangeQueries queries;
    private final DisclosureQueries disclosures;
    private final Receipts receipts;
    private final LogEntries log;
    private final SplittableRandom random = new SplittableRandom(7);
    private long size;

    AuditProbes(DataSource application, DataSource auditor) {
        queries = new ExchangeQueries(application, auditor);
        disclosures = new DisclosureQueries(auditor);
        receipts = new Receipts(application);
        log = new LogEntries(auditor);
    }

    /** One question. */
    @FunctionalInterface
    interface Probe {
        /** @return how much came */
        int ask() throws IOException, SQLException;
    }

    /** The questions by what they are called, to a log of so many exchanges. */
    Map<String, Probe> of(long exchanges) {
        size = exchanges;
        ExchangeFilter none = ExchangeFilter.NONE;
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("首页 newest page", () -> page(none, false));
        probes.put("后页 a page in the middle", () -> page(none, true));
        probes.put("机关 agency", () -> page(none.agency("COURT"), true));
        probes.put("稀少机关 rare agency", () -> page(none.agency("MED"), false));
        probes.put("系统 system", () -> page(none.system(unit() + "-cms"), true));
        probes.put("人员 officer", () -> page(none.officer("o-" + random.nextInt(AuditFill.OFFICERS)), true));
        probes.put("种类 kind", () -> page(none.kind("kind" + random.nextInt(9)), true));
        probes.put("拒绝 denials", () -> page(none.outcome(Outcome.DENY), true));
        probes.put("失败 failures", () -> page(none.outcome(Outcome.FAIL), true));
        probes.put("规则 rule", () -> page(none.rule("R-" + random.nextInt(60)), true));
        probes.put("机关并结果 agency and denials", () -> page(none.agency("COURT").outcome(Outcome.DENY), true));
        probes.put("时间 an hour", this::hour);
        probes.put("记录 record", () -> page(none.subject(AuditFill.subject(any())), false));
        probes.put("案件 matter", () -> page(none.thread(AuditFill.thread(any())), false));
        probes.put("谁看过记录 who saw a record", () -> sawWhat(new Sought.Subject(AuditFill.subject(any()))));
        probes.put("谁看过案件 who saw a matter", () -> sawWhat(new Sought.Thread(AuditFill.thread(any()))));
        probes.put("本单位 own unit", () -> rows(queries.ownOfUnit(unit(), none, middle(), PAGE)));
        probes.put("本单位被查 touching own", () -> rows(queries.touching(unit(), none, middle(), PAGE)));
        probes.put("开启 opened exchange", () -> queries.openAsAuditor(AuditFill.id(any()))
                .map(opened -> opened.parts().size())
                .orElse(0));
        probes.put("回执 receipt", () -> receipt(TreeHash.SHA_256));
        probes.put("回执 receipt, SM3", () -> receipt(TreeHash.SM3));
        probes.put("条目 256 entries", this::entries);
        return probes;
    }

    private int page(ExchangeFilter filter, boolean fromTheMiddle) {
        return rows(queries.all(filter, fromTheMiddle ? middle() : Optional.empty(), PAGE));
    }

    private int sawWhat(Sought sought) {
        return disclosures.page(INQUIRY, sought, Optional.empty(), PAGE).rows().size();
    }

    private int hour() {
        Instant from = anyTime();
        return page(ExchangeFilter.NONE.between(from, from.plus(Duration.ofHours(1))), false);
    }

    private int receipt(TreeHash tree) {
        return receipts.of(AuditFill.id(any()), tree).orElseThrow().inclusion().path().size();
    }

    private int entries() throws IOException {
        long from = random.nextLong(size / 256) * 256;
        int[] count = {0};
        log.read(from, from + 256, entry -> count[0]++);
        return count[0];
    }

    private static int rows(ExchangePage page) {
        return page.rows().size();
    }

    private long any() {
        return random.nextLong(size);
    }

    private String unit() {
        return AuditFill.unit(random.nextInt(AuditFill.UNITS));
    }

    /** In the newer half, so that enough lies before it. */
    private Instant anyTime() {
        return AuditFill.time(size / 2 + random.nextLong(size / 3));
    }

    private Optional<ExchangeCursor> middle() {
        long number = size / 2 + random.nextLong(size / 2);
        return Optional.of(new ExchangeCursor(AuditFill.time(number), AuditFill.id(number)));
    }
}
