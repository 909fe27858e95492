package org.xietong.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.WitnessPath;

/**
 * The witness on the network: {@code POST /add-checkpoint} (c2sp.org/tlog-witness), {@code GET /<origin hash>/checkpoint} (what it
 * cosigned last, {@link WitnessPath}), {@code GET /health}, {@code GET /metrics}.
 * Whoever sends slowly or much is cut off, and takes nothing from the others.
 */
final class WitnessServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int AT_ONCE = 32;

    static {
        // The JDK's server waits for slow clients for ever unless told otherwise, before it is loaded.
        limit("sun.net.httpserver.maxReqTime", 10);
        limit("sun.net.httpserver.maxRspTime", 20);
        limit("sun.net.httpserver.idleInterval", 30);
        limit("jdk.httpserver.maxConnections", 256);
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, LogWatch> watches;
    private final WitnessKeys keys;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<Refusal, AtomicLong> refused = new EnumMap<>(Refusal.class);

    private WitnessServer(HttpServer server, ExecutorService threads, Map<String, LogWatch> watches, WitnessKeys keys) {
        this.server = server;
        this.threads = threads;
        this.watches = watches;
        this.keys = keys;
        for (Refusal why : Refusal.values()) {
            refused.put(why, new AtomicLong());
        }
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    static WitnessServer start(InetSocketAddress listen, Map<String, LogWatch> watches, WitnessKeys keys)
            throws IOException {
        HttpServer http = HttpServer.create(listen, 64);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        WitnessServer server = new WitnessServer(http, threads, watches, keys);
        http.setExecutor(threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type);
            exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Reply(int status, String type, String body) {
        static Reply told(int status, String zh, String en) {
            return new Reply(status, TEXT, zh + " / " + en + "\n");
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String asked =
                exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath();
        return switch (asked) {
            case "POST /add-checkpoint" -> addCheckpoint(exchange);
            case "GET /health" -> health();
            case "GET /metrics" ->
                new Reply(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        WitnessReport.metrics(watches.values(), keys, refused));
            default -> latest(asked);
        };
    }

    /** The log's own signatures and ours over what was cosigned last: who lost it can be shown that he signed it. */
    private Reply latest(String asked) {
        return watches.values().stream()
                .filter(watch ->
                        asked.equals("GET " + WitnessPath.checkpoint(watch.log().origin())))
                .findFirst()
                .flatMap(LogWatch::latest)
                .map(latest -> new Reply(200, TEXT, new String(latest.encode(), StandardCharsets.UTF_8)))
                .orElseGet(() -> new Reply(404, WitnessPath.MEDIA_TYPE, WitnessPath.NO_CHECKPOINT));
    }

    private Reply health() {
        boolean well = watches.values().stream().noneMatch(LogWatch::isAlarmed);
        return new Reply(well ? 200 : 503, "application/json", WitnessReport.health(watches.values(), keys, refused));
    }

    private Reply addCheckpoint(HttpExchange exchange) throws IOException {
        Optional<byte[]> body = body(exchange);
        if (body.isEmpty()) {
            return refused(Refusal.TOO_LARGE, 413, "请求过大", "the request is too large");
        }
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body.get());
        } catch (MalformedEvidenceException e) {
            return refused(Refusal.MALFORMED, 400, "请求格式有误：" + e.fault(), "malformed request: " + e.fault());
        }
        LogWatch watch = watches.get(request.checkpoint().checkpoint().origin());
        if (watch == null) {
            return refused(Refusal.UNKNOWN_LOG, 404, "不见证此日志", "this log is not witnessed here");
        }
        if (!places.tryAcquire()) {
            return refused(Refusal.BUSY, 503, "繁忙，请稍后再试", "busy, try again later");
        }
        try {
            return reply(watch.consider(request));
        } catch (IOException e) {
            return Reply.told(500, "状态无法写入", "the state cannot be written");
        } finally {
            places.release();
        }
    }

    private Reply refused(Refusal why, int status, String zh, String en) {
        count(why);
        return Reply.told(status, zh, en);
    }

    private void count(Refusal why) {
        Objects.requireNonNull(refused.get(why)).incrementAndGet();
    }

    private Reply reply(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Cosigned cosigned ->
                new Reply(
                        200,
                        TEXT,
                        cosigned.signatures().stream()
                                .map(signature -> signature.line() + "\n")
                                .collect(Collectors.joining()));
            case Verdict.NotSigned no -> refused(Refusal.UNSIGNED, 403, "没有受信任密钥的签名", "no signature of a trusted key");
            case Verdict.Conflict conflict -> {
                count(Refusal.CONFLICT);
                yield new Reply(409, "text/x.tlog.size", conflict.size() + "\n");
            }
            case Verdict.Unproved no ->
                refused(Refusal.UNPROVED, 422, "一致性证明不成立", "the consistency proof does not hold");
        };
    }

    /** Empty if there is more than any request needs; what is more stays unread. */
    private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(AddCheckpoint.LONGEST + 1);
            return body.length > AddCheckpoint.LONGEST ? Optional.empty() : Optional.of(body);
        }
    }
}
