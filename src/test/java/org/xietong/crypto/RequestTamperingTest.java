package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Whatever is changed in a signed request, the signature no longer holds. */
class RequestTamperingTest {
    private static final List<String> COVERED = List.of(
            "content-type",
            "content-digest",
            "exchange-purpose",
            "exchange-officer",
            "idempotency-key",
            "if-match",
            "signature-input",
            "signature");

    /** One character put in place of another, inserted, or taken away. */
    record Edit(int at, int kind, char with) {
        String apply(String text) {
            int position = at % text.length();
            String before = text.substring(0, position);
            return switch (kind) {
                case 0 -> before + with + text.substring(position + 1);
                case 1 -> before + with + text.substring(position);
                default -> before + text.substring(position + 1);
            };
        }
    }

    /** Without this the others would pass on a check that refuses everything. */
    @Property(tries = 10)
    void nothingChangedStillHolds(@ForAll KeyAlgorithm algorithm) {
        assertTrue(holds(Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm)), algorithm));
    }

    @Property(tries = 3_000)
    void anyEditOfACoveredField(
            @ForAll KeyAlgorithm algorithm, @ForAll("field") String field, @ForAll("edit") Edit edit) {
        Requests request = Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm));
        String old = request.headers.get(field).getFirst();
        String altered = edit.apply(old);
        Assume.that(!altered.strip().equals(old));
        request.set(field, altered);
        assertFalse(holds(request, algorithm));
    }

    @Property(tries = 500)
    void anyOtherPath(@ForAll KeyAlgorithm algorithm, @ForAll("edit") Edit edit) {
        Requests request = Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm));
        String altered = edit.apply(request.path);
        Assume.that(!altered.equals(request.path));
        request.path = altered;
        assertFalse(holds(request, algorithm));
    }

    @Property(tries = 500)
    void anyOtherQuery(
            @ForAll KeyAlgorithm algorithm,
            @ForAll @StringLength(max = 12) @CharRange(from = '!', to = '~') String query) {
        Requests request = Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm));
        Assume.that(!query.equals(request.query));
        request.query = query;
        assertFalse(holds(request, algorithm));
    }

    @Property(tries = 100)
    void anyOtherMethod(
            @ForAll KeyAlgorithm algorithm,
            @ForAll @StringLength(max = 7) @CharRange(from = 'A', to = 'z') String method) {
        Requests request = Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm));
        Assume.that(!method.equals(request.method));
        request.method = method;
        assertFalse(holds(request, algorithm));
    }

    @Property(tries = 100)
    void anyOtherAuthority(@ForAll KeyAlgorithm algorithm, @ForAll("edit") Edit edit) {
        Requests request = Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm));
        String altered = edit.apply(request.authority);
        Assume.that(!altered.equals(request.authority));
        request.authority = altered;
        assertFalse(holds(request, algorithm));
    }

    @Property(tries = 300)
    void anyFlippedBitOfTheBody(@ForAll @IntRange(max = 135) int bit, @ForAll Suite suite) {
        byte[] body = Requests.BODY.clone();
        Assume.that(bit < body.length * 8);
        body[bit / 8] ^= (byte) (1 << (bit % 8));
        assertFalse(ContentDigest.matches(ContentDigest.of(suite, Requests.BODY), body));
    }

    @Property(tries = 200)
    void anyTwoCoveredFieldsExchanged(
            @ForAll KeyAlgorithm algorithm, @ForAll("field") String one, @ForAll("field") String other) {
        Assume.that(!one.equals(other));
        Requests request = Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm));
        List<String> first = new ArrayList<>(request.headers.get(one));
        request.headers.put(one, request.headers.get(other));
        request.headers.put(other, first);
        assertFalse(holds(request, algorithm));
    }

    @Provide
    Arbitrary<String> field() {
        return Arbitraries.of(COVERED);
    }

    @Provide
    Arbitrary<Edit> edit() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.chars().range('\t', '\u007f'))
                .as(Edit::new);
    }

    private static boolean holds(Requests request, KeyAlgorithm algorithm) {
        try {
            PresentedSignature presented =
                    RequestSignatures.parse(request.http()).get(RequestSignatures.SYSTEM);
            return presented != null
                    && RequestSignatures.check(request.http(), presented, TestParties.key(algorithm), TestParties.NOW)
                            instanceof SignatureCheck.Valid;
        } catch (MalformedSignatureException refused) {
            return false;
        }
    }
}
