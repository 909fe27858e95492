package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The eight leaves, roots and proofs that Certificate Transparency publishes for RFC 6962 (the repositories
 * certificate-transparency and transparency-dev/merkle).
 */
class PublishedProofsTest {
    private static final String H0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
    private static final String H1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private static final String H01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
    private static final String H23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private static final String H0123 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
    private static final String H4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private static final String H45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    private static final String H6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";
    private static final String H67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private static final String H4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

    private static final List<byte[]> LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(entry -> TreeHash.SHA_256.leaf(HexFormat.of().parseHex(entry)))
            .toList();
    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            H0,
            H01,
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            H0123,
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    /** From a to b: a leaf and a size, or two sizes. */
    private record Published(long a, long b, List<String> path) {}

    static Stream<Published> inclusions() {
        return Stream.of(
                new Published(0, 1, List.of()),
                new Published(0, 8, List.of(H1, H23, H4567)),
                new Published(5, 8, List.of(H4, H67, H0123)),
                new Published(2, 3, List.of(H01)),
                new Published(1, 5, List.of(H0, H23, H4)));
    }

    static Stream<Published> consistencies() {
        return Stream.of(
                new Published(1, 1, List.of()),
                new Published(1, 8, List.of(H1, H23, H4567)),
                new Published(6, 8, List.of(H45, H67, H0123)),
                new Published(2, 5, List.of(H23, H4)),
                new Published(6, 7, List.of(H45, H6, H0123)));
    }

    @Test
    void roots() throws IOException {
        for (int size = 0; size < ROOTS.size(); size++) {
            assertEquals(ROOTS.get(size), HexFormat.of().formatHex(prover().root(size)));
        }
    }

    @ParameterizedTest
    @MethodSource("inclusions")
    void inclusion(Published published) throws IOException {
        InclusionProof proof = prover().inclusion(published.a(), published.b());
        assertEquals(published.path(), Trees.hex(proof.path()));
        byte[] leaf = LEAVES.get((int) published.a());
        assertTrue(proof.holds(TreeHash.SHA_256, leaf, root(published.b())));
        assertFalse(proof.holds(TreeHash.SHA_256, leaf, root(published.b() - 1)));
        assertFalse(proof.holds(TreeHash.SHA_256, LEAVES.get(4), root(published.b())));
    }

    @ParameterizedTest
    @MethodSource("consistencies")
    void consistency(Published published) throws IOException {
        ConsistencyProof proof = prover().consistency(published.a(), published.b());
        assertEquals(published.path(), Trees.hex(proof.path()));
        assertTrue(proof.holds(TreeHash.SHA_256, root(published.a()), root(published.b())));
        assertFalse(proof.holds(TreeHash.SHA_256, root(published.a()), root(3)));
        assertFalse(proof.holds(TreeHash.SHA_256, root(3), root(published.b())));
    }

    private static Prover prover() {
        return new Prover(TreeHash.SHA_256, (height, index) -> folded(index << height, 1L << height));
    }

    private static byte[] folded(long from, long count) {
        long half = count / 2;
        return count == 1
                ? LEAVES.get((int) from)
                : TreeHash.SHA_256.node(folded(from, half), folded(from + half, half));
    }

    private static byte[] root(long size) {
        return HexFormat.of().parseHex(ROOTS.get((int) size));
    }
}
