package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.identifier.CodeEntry;
import org.xietong.identifier.CodeLists;
import org.xietong.record.DeadlineView;
import org.xietong.record.Download;
import org.xietong.record.ExceptionPage;
import org.xietong.record.ExceptionQuery;
import org.xietong.record.ExceptionReading;
import org.xietong.record.ExceptionView;
import org.xietong.record.PromptView;
import org.xietong.record.Trace;

/**
 * A list of what may have been lost as a table, the earliest first; where it holds not all, its last row says so. One exchange, which
 * names each record that it tells of.
 */
@ApplicationScoped
public class ExceptionTable {
    /** The most lines of a table: each of them is a disclosure that the journal states. */
    static final int MOST = 1_000;

    private static final String CUT =
            "（只列最早的 " + MOST + " 项，请缩小日期范围另行导出 / only the earliest " + MOST + "; narrow the days for others）";

    private final ExceptionReading reading;
    private final Spool spool;

    ExceptionTable(ExceptionReading reading, Spool spool) {
        this.reading = reading;
        this.spool = spool;
    }

    private enum Column {
        KIND("记录种类 Kind", line -> nameOf("record-kinds", line.kind())),
        RECORD("记录编号 Record", line -> line.recordId().toString()),
        MATTER("案件编号 Matter", line -> line.matterId().toString()),
        OWNER("归属单位 Owner", ExceptionView::owner),
        NUMBER("文号 Document number", line -> text(line.documentNumber())),
        STATE("状态 State", line -> nameOf("states", line.state())),
        RULE("期限 Deadline", line -> ofDeadline(line, each -> each.rule() + " " + each.name())),
        UNITS("责任单位 Whose time", line -> ofDeadline(line, each -> String.join(" ", each.actors()))),
        STARTED("起算日期 Started", line -> ofDeadline(line, DeadlineView::startedOn)),
        DUE("期满日期 Last day", line -> ofDeadline(line, DeadlineView::dueOn)),
        ENDED("结束日期 Ended", line -> ofDeadline(line, DeadlineView::endedOn)),
        RECORDED("结束登记时间 Recorded", line -> ofDeadline(line, DeadlineView::endedRecordedAt)),
        ORDER("期限命令 Order", line -> line.order() == null ? "" : ordered(line.order())),
        ORDERED(
                "命令登记时间 Ordered",
                line -> line.order() == null ? "" : text(line.order().at())),
        LATE("逾期日数 Days late", line -> ofDeadline(line, ExceptionTable::daysLate)),
        BASIS(
                "法律依据 Basis",
                line -> ofDeadline(
                        line, each -> each.basis().law() + each.basis().article())),
        PROMPT("移送提示 Prompt", line -> ofPrompt(line, each -> nameOf("prompt-states", each.state()))),
        REACHED("达到的标准 Reached", line -> ofPrompt(line, ExceptionTable::reached)),
        REASONS("不移送理由 Reasons", line -> ofPrompt(line, PromptView::reasons)),
        DECIDED("决定人员 Decided by", line -> ofPrompt(line, PromptView::decidedBy));

        private final String title;
        private final Function<ExceptionView, String> cell;

        Column(String title, Function<ExceptionView, String> cell) {
            this.title = title;
            this.cell = cell;
        }
    }

    /** What {@link ExceptionReading#list} shows the caller, from the query's first line on. */
    public Download write(Caller caller, Trace trace, Instant now, TableFormat format, ExceptionQuery query) {
        ExceptionPage first = reading.list(caller, trace, now, query);
        String list = query.list().name();
        String file = list.toLowerCase(Locale.ROOT).replace('_', '-') + (format == TableFormat.CSV ? ".csv" : ".xlsx");
        String sheet = CodeLists.standard()
                .entry("exception-lists", list)
                .map(CodeEntry::zh)
                .orElse(list);
        return spool.write(caller.system(), format.mediaType(), file, out -> {
            try (TableWriter table = format.open(out, sheet)) {
                table.row(Arrays.stream(Column.values())
                        .map(column -> column.title)
                        .toList());
                boolean cut = fill(table, first, after -> reading.list(caller, trace, now, query.after(after)));
                if (cut) {
                    table.row(List.of(CUT));
                }
            }
        });
    }

    private static boolean fill(TableWriter table, ExceptionPage first, Function<String, ExceptionPage> pages)
            throws IOException {
        int written = 0;
        ExceptionPage page = first;
        while (true) {
            for (ExceptionView line : page.items()) {
                table.row(Arrays.stream(Column.values())
                        .map(column -> column.cell.apply(line))
                        .toList());
                written++;
            }
            if (page.next() == null) {
                return false;
            }
            if (written >= MOST) {
                return true;
            }
            page = pages.apply(page.next());
        }
    }

    private static String ofDeadline(ExceptionView line, Function<DeadlineView, @Nullable Object> cell) {
        return line.deadline() == null ? "" : text(cell.apply(line.deadline()));
    }

    private static String ofPrompt(ExceptionView line, Function<PromptView, @Nullable String> cell) {
        return line.prompt() == null ? "" : text(cell.apply(line.prompt()));
    }

    /** What was ordered, from which day it counts, on which paper and by whom. */
    private static String ordered(DeadlineView.Ordered order) {
        return "%s %s %s %s"
                .formatted(
                        nameOf("deadline-orders", order.order().name()),
                        order.on(),
                        order.documentNumber(),
                        order.unit());
    }

    /** From the last day to the day on which it ended, or to today. */
    private static @Nullable Object daysLate(DeadlineView deadline) {
        LocalDate due = deadline.dueOn();
        if (deadline.daysLeft() != null) {
            return -deadline.daysLeft();
        }
        return due == null || deadline.endedOn() == null ? null : ChronoUnit.DAYS.between(due, deadline.endedOn());
    }

    /** With the mark of how far each was read, so that nobody takes an unverified one for law. */
    private static String reached(PromptView prompt) {
        return prompt.reached() == null
                ? ""
                : prompt.reached().stream()
                        .map(each -> each.zh() + "（" + each.basis().law() + "，"
                                + switch (each.basis().verified()) {
                                    case TEXT -> "已核对原文";
                                    case EXCERPT -> "摘录核对";
                                    case NONE -> "未核对原文";
                                }
                                + "）")
                        .collect(Collectors.joining("；"));
    }

    private static String nameOf(String list, @Nullable String code) {
        return code == null
                ? ""
                : CodeLists.standard().entry(list, code).map(CodeEntry::zh).orElse(code);
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
