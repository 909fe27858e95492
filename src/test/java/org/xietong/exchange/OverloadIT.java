package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Race;
import org.xietong.testing.Reply;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Wire;

/** A system that asks faster than it may is told to wait, over HTTP; others are served. */
class OverloadIT {
    @Test
    void aSystemThatAsksTooFastIsToldToWaitAndOthersAreServed() {
        Map<String, String> configuration = new CityResource().start();
        configuration.put("xietong.exchange.requests-per-second", "1");
        try (ServiceProcess service = ServiceProcess.start(configuration)) {
            City city = City.at(service.base(), configuration);
            Wire wire = city.wire();
            List<Callable<Reply>> calls = Stream.generate(
                            () -> city.call(City.MSA, "GET", "/v1/clues").prepare())
                    .limit(32)
                    .<Callable<Reply>>map(request -> () -> wire.send(request))
                    .toList();
            List<Reply> replies = Race.run(calls);
            List<Reply> refused =
                    replies.stream().filter(r -> r.status() != 200).toList();
            assertFalse(refused.isEmpty());
            for (Reply reply : refused) {
                reply.requireJournaledProblem(429, "RATE_LIMITED");
                assertTrue(reply.json().get("retryable").asBoolean());
            }
            assertEquals(
                    200,
                    wire.send(city.call(City.PROC, "GET", "/v1/clues").prepare())
                            .status());
        }
    }
}
