package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.xietong.client.PreparedRequest;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** Who fails too often is told to wait, he alone; who asks too fast too. */
@QuarkusTest
@WithTestResource(CityResource.class)
class LimitsTest {
    private static final int FAILURES = 60;

    @Test
    void aSourceThatFailsTooOftenIsToldToWaitAndNobodyElseIs() {
        City city = City.current();
        Stored stored = city.stored();
        Wire guesser = city.wire();
        PreparedRequest good = city.call(City.MSA, "GET", "/v1/clues").prepare();
        PreparedRequest bad = good.withTarget("/v1/filings");
        for (int i = 0; i < FAILURES; i++) {
            guesser.send(bad).requireRefusedUnknown(401, "SIGNATURE_INVALID");
        }
        Stored.State before = stored.state();
        guesser.send(bad).requireRefusedUnknown(429, "RATE_LIMITED");
        guesser.send(good).requireRefusedUnknown(429, "RATE_LIMITED");
        assertEquals(before, stored.state());
        city.wire().send(good).requireStatus(200);
    }

    @Test
    void behindTheGatewayEachSourceIsCountedByItself() {
        City city = City.current();
        Wire gateway = Wire.asGateway(city.base());
        PreparedRequest good = city.call(City.MSA, "GET", "/v1/clues").prepare();
        PreparedRequest bad = good.withTarget("/v1/filings").withHeader("x-forwarded-for", "203.0.113.7");
        for (int i = 0; i < FAILURES; i++) {
            gateway.send(bad).requireRefusedUnknown(401, "SIGNATURE_INVALID");
        }
        gateway.send(bad).requireRefusedUnknown(429, "RATE_LIMITED");
        gateway.send(good.withHeader("x-forwarded-for", "203.0.113.8")).requireStatus(200);
    }

    @Test
    void nobodyButTheGatewayCanClaimAnotherSource() {
        City city = City.current();
        Wire guesser = city.wire();
        PreparedRequest bad = city.call(City.MSA, "GET", "/v1/clues").prepare().withTarget("/v1/filings");
        for (int i = 0; i < FAILURES; i++) {
            guesser.send(bad.withHeader("x-forwarded-for", "198.51.100." + i))
                    .requireRefusedUnknown(401, "SIGNATURE_INVALID");
        }
        guesser.send(bad.withHeader("x-forwarded-for", "198.51.100.250")).requireRefusedUnknown(429, "RATE_LIMITED");
    }

    @Test
    void anUnsignedFloodIsToldToWaitToo() {
        City city = City.current();
        Wire guesser = city.wire();
        PreparedRequest unsigned = city.call(City.MSA, "GET", "/v1/clues")
                .prepare()
                .withoutHeader("signature")
                .withoutHeader("signature-input");
        for (int i = 0; i < FAILURES; i++) {
            guesser.send(unsigned).requireRefusedUnknown(401, "UNAUTHENTICATED");
        }
        guesser.send(unsigned).requireRefusedUnknown(429, "RATE_LIMITED");
    }

    @Test
    void aSystemThatAsksTooFastIsRefusedHeAlone() {
        Limits limits = new Limits(config(5, FAILURES));
        for (int i = 0; i < 10; i++) {
            limits.admitSystem("fast");
        }
        assertEquals(
                ProblemType.RATE_LIMITED,
                assertThrows(ProblemException.class, () -> limits.admitSystem("fast"))
                        .type());
        assertDoesNotThrow(() -> limits.admitSystem("slow"));
    }

    @Test
    void whoDepositsTooFastIsRefusedHeAlone() {
        Limits limits = new Limits(config(5, FAILURES));
        for (int i = 0; i < 10; i++) {
            limits.admitDeposit("203.0.113.7");
        }
        assertThrows(ProblemException.class, () -> limits.admitDeposit("203.0.113.7"));
        assertDoesNotThrow(() -> limits.admitDeposit("203.0.113.8"));
    }

    @Test
    void failuresInTheNameOfAKeyDoNotShutItsOwnerOut() {
        Limits limits = new Limits(config(5, 3));
        for (int i = 0; i < 3; i++) {
            limits.failed("10.0.0.1", "key");
        }
        assertThrows(ProblemException.class, () -> limits.admitKey("10.0.0.1", "key"));
        assertDoesNotThrow(() -> limits.admitKey("10.0.0.2", "key"));
        assertDoesNotThrow(() -> limits.admitSource("10.0.0.2"));
    }

    private static ExchangeConfig config(int requests, int failures) {
        return new ExchangeConfig() {
            @Override
            public String authority() {
                return "xietong.example";
            }

            @Override
            public int maxBody() {
                return 1;
            }

            @Override
            public int requestsPerSecond() {
                return requests;
            }

            @Override
            public int failuresPerMinute() {
                return failures;
            }

            @Override
            public int depositsPerSecond() {
                return requests;
            }
        };
    }
}
