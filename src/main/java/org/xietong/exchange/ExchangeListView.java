package org.xietong.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.ledger.ExchangeCursor;
import org.xietong.ledger.ExchangePage;
import org.xietong.ledger.ExchangeRow;

/** A page of exchanges, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExchangeListView(
        @ZhName("交换列表") List<ExchangeView> items,
        @ZhName("下一页游标") @Nullable String next) {

    static ExchangeListView of(ExchangePage page, Function<ExchangeRow, ExchangeView> view) {
        return new ExchangeListView(
                page.rows().stream().map(view).toList(),
                page.next().map(ExchangeCursor::text).orElse(null));
    }
}
