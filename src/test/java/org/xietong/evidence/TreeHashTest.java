package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.crypto.Digests;

class TreeHashTest {
    private static final byte[] ENTRY = "L123456".getBytes(StandardCharsets.US_ASCII);

    /** The values of Certificate Transparency's own test of its hasher. */
    @Test
    void hashesAsCertificateTransparencyDoes() {
        TreeHash hash = TreeHash.SHA_256;
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Digests.hex(hash.emptyRoot()));
        assertEquals(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                Digests.hex(hash.leaf(new byte[0])));
        assertEquals("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56", Digests.hex(hash.leaf(ENTRY)));
    }

    @Test
    void hashesNothingInSm3() {
        assertEquals(
                "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
                Digests.hex(TreeHash.SM3.emptyRoot()));
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithTheNaiveTree(TreeHash hash) {
        NaiveTree naive = new NaiveTree(hash);
        byte[] leaf = naive.leaf(ENTRY);
        assertEquals(Digests.hex(leaf), Digests.hex(hash.leaf(ENTRY)));
        byte[] other = naive.leaf(new byte[0]);
        assertEquals(Digests.hex(naive.root(List.of(leaf, other))), Digests.hex(hash.node(leaf, other)));
    }

    @ParameterizedTest
    @EnumSource
    void aNodeIsMadeOfTwoHashesOnly(TreeHash hash) {
        byte[] whole = new byte[32];
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThrows(IllegalArgumentException.class, () -> hash.node(new byte[length], whole));
            assertThrows(IllegalArgumentException.class, () -> hash.node(whole, new byte[length]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesManyThreadsAtOnce(TreeHash hash) throws Exception {
        String expected = Digests.hex(new NaiveTree(hash).leaf(ENTRY));
        List<Future<Boolean>> outcomes = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 5_000; i++) {
                outcomes.add(executor.submit(() -> Digests.hex(hash.leaf(ENTRY)).equals(expected)));
            }
        }
        for (Future<Boolean> outcome : outcomes) {
            assertTrue(outcome.get());
        }
    }
}
