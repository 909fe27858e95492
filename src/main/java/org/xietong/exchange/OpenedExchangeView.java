package org.xietong.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xietong.crypto.Digests;
import org.xietong.identifier.ZhName;
import org.xietong.ledger.OpenedExchange;
import org.xietong.ledger.SealedPart;

/**
 * An exchange with its entry and the parts that this reader may open. Digest of a part: SHA-256(salt ‖ bytes), lower-hex,
 * as it stands in the entry.
 *
 * @param entry the entry's bytes exactly as stored, which are UTF-8 text (RFC 8785)
 */
public record OpenedExchangeView(
        @ZhName("交换") ExchangeView exchange,
        @ZhName("日志条目") String entry,
        @ZhName("已开启部分") List<Part> parts) {

    /**
     * @param salt 16 bytes, lower-hex
     * @param bytes exactly as hashed, as UTF-8 text
     */
    public record Part(
            @ZhName("部分名称") String name,
            @ZhName("序号") int index,
            @ZhName("盐值") String salt,
            @ZhName("原文") String bytes) {
        static Part of(SealedPart part) {
            return new Part(part.name(), part.index(), Digests.hex(part.salt()), utf8(part.bytes()));
        }
    }

    static OpenedExchangeView of(ExchangeView exchange, OpenedExchange opened) {
        return new OpenedExchangeView(
                exchange,
                utf8(opened.entry()),
                opened.parts().stream().map(Part::of).toList());
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
