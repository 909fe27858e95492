package org.xietong.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;

/** What a witness makes of what the log itself shows, over HTTP, with a clock of its own. */
class PullerTest {
    private static final String NAME = "court.example/witness";

    @TempDir
    Path folder;

    private final GrownLog log = new GrownLog(TreeHash.SHA_256);
    private final List<Finding> alarms = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(1);
    private HttpServer server;
    private StateFolder state;
    private LogWatch watch;
    private Puller puller;
    private volatile GrownLog shown = log;
    private volatile long size;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        Cosigner signer = new Cosigner(
                NAME,
                WitnessKeys.of(TestParties.fresh(KeyAlgorithm.ED25519, NAME).signer()));
        state = StateFolder.open(folder);
        watch = new LogWatch(
                log.watched(),
                signer,
                state,
                new ProofFolder(folder.resolve("proofs")),
                alarms::add,
                InstantSource.system());
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        puller = new Puller(watch, new WatchedLog.Pull(url, Duration.ofSeconds(5), Optional.empty()), now::get);
    }

    @AfterEach
    void stop() throws IOException {
        puller.close();
        state.close();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            byte[] body = path.equals("checkpoint")
                    ? shown.checkpoint(size).encode()
                    : shown.tile((TilePath.Hashes) TilePath.parse(path));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void look(GrownLog of, long at) throws Exception {
        shown = of;
        size = at;
        puller.look();
    }

    private List<Finding.Kind> kinds() {
        return alarms.stream().map(Finding::kind).toList();
    }

    /** Of several replicas, or behind a cache, one shows what was true a moment ago. */
    @Test
    void aSmallerLogIsARollbackWhenItStaysSo() throws Exception {
        look(log, 20);
        look(log, 12);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        look(log, 13);
        assertEquals(List.of(), alarms, "a replica that is behind");
        look(log, 21);
        look(log, 20);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        look(log, 20);
        assertEquals(List.of(), alarms, "it was at its place in between");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        look(log, 20);
        look(log, 20);
        assertEquals(List.of(Finding.Kind.ROLLBACK), kinds(), "it was cosigned, and is set back all the same");
        assertTrue(watch.isAlarmed());
        look(log, 22);
        assertFalse(watch.isAlarmed(), "it has gone on");
    }

    @Test
    void tilesThatDoNotShowItsConsistencyAreTheLogsOwn() throws Exception {
        look(log, 16);
        look(log.forked(), 40);
        look(log.forked(), 40);
        assertEquals(List.of(Finding.Kind.INCONSISTENT), kinds());
        assertTrue(watch.isAlarmed());
        look(log, 41);
        assertFalse(watch.isAlarmed());
        assertEquals(41, watch.latest().orElseThrow().checkpoint().size());
    }

    @Test
    void aLargerForkIsProvedAndAlarmsForGood() throws Exception {
        look(log, 20);
        look(log.forked(), 300);
        assertEquals(List.of(Finding.Kind.FORK), kinds());
        look(log, 301);
        assertTrue(watch.isAlarmed());
    }

    @Test
    void anotherRootOfASizeThatItCosignedIsAFork() throws Exception {
        look(log, 12);
        look(log, 20);
        look(log.forked(), 12);
        assertEquals(List.of(Finding.Kind.FORK), kinds());
    }
}
