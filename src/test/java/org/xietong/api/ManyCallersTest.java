package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** Many callers at once, each with canaries of his own: nobody ever gets another's (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class ManyCallersTest {
    private static final int CALLERS = 32;
    private static final int ROUNDS = 2;
    private static final Pattern TOKEN = Pattern.compile("CNRY[0-9a-f]{21}");
    private static final List<String> WRITERS = List.of(City.MSA, City.IPO, City.COPYRIGHT, City.COURT);

    private final Casework work = new Casework();
    private final City city = work.city();

    @Test
    void neverGetEachOthersCanaries() throws InterruptedException, ExecutionException {
        List<Callable<List<String>>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String writer = WRITERS.get(i % WRITERS.size());
            callers.add(() -> work(writer));
        }
        List<String> strays = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<String>> caller : all.invokeAll(callers)) {
                strays.addAll(caller.get());
            }
        }
        assertEquals(List.of(), strays);
    }

    /** Writes and reads, well and badly, through several units; every token in an answer that is not this caller's. */
    private List<String> work(String writer) {
        List<String> strays = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String token = Canaries.token();
            Piece piece = work.create(writer, "clue", Drafts.clue(token, token, ""));
            List<SignedAnswer> answers = List.of(
                    city.call(writer, "GET", piece.path()).send(),
                    city.call(writer, "GET", piece.path() + "/history").send(),
                    city.call(writer, "GET", "/v1/clues?sourceRef=" + token).send(),
                    city.call(City.POLICE, "GET", piece.path()).send(),
                    city.call(City.PROC, "GET", "/v1/clues?matterId=" + piece.matter())
                            .send(),
                    city.call(City.PROC, "GET", piece.matterPath()).send(),
                    city.call(City.AUD, "GET", piece.path()).send(),
                    city.call(City.MSA_DISTRICT, "GET", piece.path()).send(),
                    city.call(writer, "PUT", piece.path())
                            .ifMatch("\"" + token + "\"")
                            .body(City.utf8(Drafts.clue(token)))
                            .send(),
                    city.call(writer, "POST", "/v1/clues")
                            .idempotencyKey(token)
                            .body(City.utf8(Drafts.clue(token).replace("\"TRADEMARK\"", "\"" + token + "\"")))
                            .send());
            assertTrue(tokens(answers.getFirst()).contains(token), "the writer finds his own");
            for (SignedAnswer answer : answers) {
                Set<String> others = tokens(answer);
                others.remove(token);
                others.forEach(
                        other -> strays.add(other + " in " + answer.request().target()));
            }
        }
        return strays;
    }

    private static Set<String> tokens(SignedAnswer answer) {
        Set<String> tokens = new TreeSet<>();
        Matcher matcher = TOKEN.matcher(Canaries.whole(answer));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }
}
