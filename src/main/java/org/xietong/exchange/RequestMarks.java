package org.xietong.exchange;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.problem.ProblemException;

/**
 * By what an exchange is found again that touched nothing, when what it named is erased (I9): so that an erasure looks at these alone,
 * however long the log is. What is made here is an id or a digest of random keys and signatures; it answers no guess.
 */
final class RequestMarks {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** More than any honest path and query name. */
    private static final int MOST = 64;

    private RequestMarks() {}

    /** The ids in path and query as the service reads them, the records that were looked up, and the key. */
    static List<UUID> named(Exchange exchange) {
        List<UUID> marks = new ArrayList<>(exchange.trace().lookedUp());
        String query = Optional.ofNullable(exchange.request().query()).orElse("");
        Matcher ids = ID.matcher(plain(exchange.request().path()) + ' ' + plain(query));
        while (ids.find() && marks.size() < MOST) {
            marks.add(UUID.fromString(ids.group()));
        }
        key(exchange).ifPresent(key -> marks.add(mark(exchange.caller().system() + '\n' + key)));
        return marks;
    }

    /** None also where it is no key: such a request was refused for it, and nothing lies under it. */
    private static Optional<String> key(Exchange exchange) {
        try {
            return exchange.idempotencyKey();
        } catch (ProblemException malformed) {
            return Optional.empty();
        }
    }

    /** One for every exchange that came with this one's body; none where that is one exchange's own. */
    static @Nullable UUID bulk(Exchange exchange) {
        boolean one = exchange.lineNumber().isEmpty() && exchange.operation() != Operation.RECORD_BULK;
        if (one || ExchangeParts.isWithheld(exchange, Exchange.Withheld.STATE_SECRET)) {
            return null;
        }
        byte[] signature = exchange.authenticated().signatures().getFirst().signature();
        return mark("bulk\n" + Base64.getEncoder().encodeToString(signature));
    }

    /** As the function {@code key_mark} of the database makes it. */
    private static UUID mark(String text) {
        ByteBuffer digest = ByteBuffer.wrap(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
        return new UUID(digest.getLong(), digest.getLong());
    }

    private static String plain(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notPercentEncoded) {
            return text;
        }
    }
}
