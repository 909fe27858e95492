package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xietong.ledger.SealedPart.PartRef;

class OpenedExchangeTest {
    private final Entry entry = EntryBuilder.build(Records.any());
    private final OpenedExchange whole = new OpenedExchange(entry.id(), entry.bytes(), entry.parts());

    @Test
    void confirmsWhatWasBuilt() {
        assertEquals(List.of(), whole.check());
        assertEquals(List.of(), whole.missing());
    }

    @Test
    void namesEachPartWhoseBytesOrSaltWereChanged() {
        for (int i = 0; i < entry.parts().size(); i++) {
            SealedPart part = entry.parts().get(i);
            assertEquals(
                    List.of(part.ref()),
                    with(i, flipped(part.salt()), part.bytes()).check());
            assertEquals(
                    List.of(part.ref()),
                    with(i, part.salt(), flipped(part.bytes())).check());
        }
    }

    @Test
    void confirmsNoPartThatTheEntryDoesNotName() {
        SealedPart request = entry.parts().getFirst();
        SealedPart moved = new SealedPart(PartContent.DISCLOSED, 7, request.salt(), request.bytes());
        assertEquals(
                List.of(new PartRef("disclosed", 7)),
                new OpenedExchange(entry.id(), entry.bytes(), List.of(moved)).check());
    }

    @Test
    void anotherExchangesEntryConfirmsNothing() {
        OpenedExchange other = new OpenedExchange(ExchangeIds.next(), entry.bytes(), entry.parts());
        assertEquals(entry.parts().size(), other.check().size());
    }

    @Test
    void anUnreadableEntryConfirmsNothing() {
        for (String bytes : List.of("", "{", "[]", "null", "{\"parts\":7}")) {
            OpenedExchange broken =
                    new OpenedExchange(entry.id(), bytes.getBytes(StandardCharsets.UTF_8), entry.parts());
            assertEquals(entry.parts().size(), broken.check().size());
        }
    }

    @Test
    void opensOnlyWhatIsAllowedAndNamesTheRest() {
        OpenedExchange opened = whole.only(ref -> ref.name().equals(PartContent.DISCLOSED));
        assertEquals(
                List.of(new PartRef("disclosed", 0)),
                opened.parts().stream().map(SealedPart::ref).toList());
        assertEquals(List.of(), opened.check());
        assertEquals(
                List.of("decision", "purpose", "request", "response"),
                opened.missing().stream().map(PartRef::name).toList());
    }

    private OpenedExchange with(int position, byte[] salt, byte[] bytes) {
        List<SealedPart> parts = new ArrayList<>(entry.parts());
        SealedPart part = parts.get(position);
        parts.set(position, new SealedPart(part.name(), part.index(), salt, bytes));
        return new OpenedExchange(entry.id(), entry.bytes(), parts);
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[copy.length / 2] ^= 1;
        return copy;
    }
}
