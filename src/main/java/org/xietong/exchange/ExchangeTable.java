package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.ledger.ExchangeQueries;
import org.xietong.record.Download;
import org.xietong.record.Trace;

/** The auditor's list as a table, newest first; where it holds not all that the filter finds, its last row says so. */
@ApplicationScoped
public class ExchangeTable {
    /** The most exchanges of a table. */
    static final int MOST = 10_000;

    private static final String SHEET = "交换 Exchanges";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String CUT =
            "（只列最新的 " + MOST + " 次，请缩小条件另行导出 / only the newest " + MOST + "; narrow the filter for others）";

    private final ExchangeReading exchanges;
    private final Spool spool;

    ExchangeTable(ExchangeReading exchanges, Spool spool) {
        this.exchanges = exchanges;
        this.spool = spool;
    }

    private enum Column {
        ID("交换编号 Exchange", row -> row.id().toString()),
        POSITION("日志位置 Position", row -> text(row.position())),
        TIME("时间 Time", row -> local(row.time())),
        AGENCY("机关 Agency", ExchangeView::agency),
        UNIT("单位编号 Unit", ExchangeView::unit),
        SYSTEM("系统编号 System", row -> text(row.system())),
        OFFICER("办案人员 Officer", row -> text(row.officer())),
        OPERATION("操作 Operation", ExchangeView::operation),
        KIND("记录种类 Kind", row -> text(row.kind())),
        OUTCOME("结果 Outcome", row -> row.outcome().name()),
        RULE("适用规则 Rule", row -> text(row.rule())),
        STATUS("状态码 Status", row -> Integer.toString(row.status()));

        private final String title;
        private final Function<ExchangeView, String> cell;

        Column(String title, Function<ExchangeView, String> cell) {
            this.title = title;
            this.cell = cell;
        }
    }

    /** The exchanges that {@link ExchangeReading#list} shows an auditor, by the same filter. */
    public Download write(Caller caller, Trace trace, Instant now, TableFormat format, ExchangeFilter filter) {
        ExchangeListView first = page(caller, trace, now, filter, null);
        String name = "exchanges." + (format == TableFormat.CSV ? "csv" : "xlsx");
        return spool.write(caller.system(), format.mediaType(), name, out -> {
            try (TableWriter table = format.open(out, SHEET)) {
                table.row(Arrays.stream(Column.values())
                        .map(column -> column.title)
                        .toList());
                boolean cut = fill(table, first, after -> page(caller, trace, now, filter, after));
                if (cut) {
                    table.row(List.of(CUT));
                }
            }
        });
    }

    private static boolean fill(TableWriter table, ExchangeListView first, Function<String, ExchangeListView> pages)
            throws IOException {
        int written = 0;
        ExchangeListView page = first;
        while (true) {
            for (ExchangeView row : page.items()) {
                if (written == MOST) {
                    return true;
                }
                table.row(Arrays.stream(Column.values())
                        .map(column -> column.cell.apply(row))
                        .toList());
                written++;
            }
            if (page.next() == null) {
                return false;
            }
            page = pages.apply(page.next());
        }
    }

    private ExchangeListView page(
            Caller caller, Trace trace, Instant now, ExchangeFilter filter, @Nullable String after) {
        return exchanges.list(
                caller,
                trace,
                now,
                ExchangeReading.Scope.ALL,
                filter,
                Optional.ofNullable(after),
                ExchangeQueries.MAX_LIMIT);
    }

    private static String local(OffsetDateTime time) {
        return time.atZoneSameInstant(ZONE).toOffsetDateTime().toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
