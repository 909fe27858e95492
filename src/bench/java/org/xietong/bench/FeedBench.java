package org.xietong.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xietong.app.DatabaseRole;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.Digests;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./xietong bench feed}: a consumer that was down for a week catches up; 0 done, 1 failed, 2 usage error. */
@Command(
        name = "xietong bench feed",
        description = {
            "测量停机一周的办案系统追赶变更：逐页签名读取、验签、核对累计校验值，并与 JDBC 裸读同样的行相比。",
            "Measures how a case system that was down for a week catches up with GET /v1/changes: one page after the other, each request",
            "SM2-signed, each answer's signature and tally checked, each page decided, redacted and journaled. Afterwards every event was told",
            "exactly once, and what the consumer holds is what the service says that he must. Compared with reading the same rows bare by JDBC,",
            "before and after, in pages of the same size. Load, service and database on this machine; the service runs with -Xmx512m."
        })
final class FeedBench implements Callable<Integer> {
    private static final int PAGE = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "200000",
            description = {"积压条数，默认 200000", "events of the backlog, 200,000 by default"})
    int events;

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = {"另存服务追赶时段的 JFR 记录（会稍慢）", "also keeps a JFR recording of the service, at some cost"})
    @Nullable
    Path profile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = {"显示用法", "shows the usage"})
    boolean help;

    private FeedBench() {}

    public static void main(String... arguments) {
        Crypto.install();
        CommandLine line = new CommandLine(new FeedBench());
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((fault, given) -> Bench.tellUsage(fault, "feed"));
        line.setExecutionExceptionHandler((failure, command, parsed) -> Bench.tellFailure(failure));
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (events < 1_000 || events > 5_000_000) {
            System.err.println("xietong: 用法错误 usage error: --events 1000–5000000");
            return 2;
        }
        Path build = Path.of(System.getProperty("xietong.home", "."))
                .toAbsolutePath()
                .resolve("target/bench");
        if (profile != null) {
            Files.createDirectories(profile);
        }
        try (BenchDatabase database = BenchDatabase.start(build.resolve("run/database"))) {
            Path folder = BenchDatabase.fresh(build.resolve("run/service"));
            DemonstrationCity city = DemonstrationCity.found(folder.resolve("city"));
            database.prepare(city);
            Map<String, String> configuration = new HashMap<>(database.configuration());
            configuration.putAll(city.configuration());
            configuration.put("quarkus.log.console.level", "WARN");
            try (BenchService service = BenchService.start(build, folder, configuration)) {
                System.out.print(measure(database, service, new Callers(city, service.base())));
            }
        }
        return 0;
    }

    private String measure(BenchDatabase database, BenchService service, Callers callers) throws Exception {
        String template = callers.register(1).getFirst();
        catchUp(callers, "");
        System.err.printf(Locale.ROOT, "填充 %,d 条 / filling %,d events%n", events, events);
        FeedFill.fill(database.as(DatabaseRole.OWNER), UUID.fromString(template), events);
        Caught warm = catchUp(callers, "", events / 10);
        System.err.printf(Locale.ROOT, "预热 warmed up: %,.0f /s%n", warm.perSecond());
        Bare before = bare(database);
        if (profile != null) {
            service.record("feed");
        }
        Cpu begun = Cpu.now(service.process(), database.postmaster());
        Caught caught = catchUp(callers, "");
        Cpu cpu = Cpu.now(service.process(), database.postmaster()).since(begun);
        if (profile != null) {
            service.keep("feed", profile.resolve("feed.jfr"));
        }
        Bare after = bare(database);
        if (before.events() != caught.events() || after.events() != caught.events()) {
            throw new BenchException("条数不符", "the consumer was told otherwise than what there is");
        }
        return report(caught, before, after, cpu, service.memory());
    }

    /**
     * What the consumer did.
     *
     * @param heldNanos what the last page took, which says what he must hold
     */
    private record Caught(long events, long pages, long nanos, long heldNanos) {
        double perSecond() {
            return events * 1e9 / nanos;
        }
    }

    private static Caught catchUp(Callers callers, String cursor) throws Exception {
        return catchUp(callers, cursor, Long.MAX_VALUE);
    }

    /** Reads until there is no more, or so many were read; nothing that is not proved counts. */
    private static Caught catchUp(Callers callers, String cursor, long most) throws Exception {
        Set<String> told = new HashSet<>();
        Set<String> holds = new TreeSet<>();
        String tally = "0".repeat(64);
        String after = cursor;
        long events = 0;
        long pages = 0;
        long begin = System.nanoTime();
        JsonNode page;
        do {
            page = page(callers, after, "");
            pages++;
            require(tally.equals(page.at("/window/from/sha256").asText()), "a page does not go on from the one before");
            for (JsonNode entry : page.get("items")) {
                String line = entry.get("type").asText() + ' ' + entry.get("kind").asText() + ' '
                        + entry.get("id").asText();
                tally = sha256(tally + ' ' + line);
                events++;
                require(told.add(line), "an event was told twice");
                if (line.startsWith("APPEARED")) {
                    holds.add(entry.get("id").asText());
                }
            }
            require(tally.equals(page.at("/window/to/sha256").asText()), "a page does not lead where it says");
            require(page.at("/window/to/entries").asLong() == events, "events are missing");
            after = page.get("next").asText();
        } while (page.get("more").asBoolean() && events < most);
        long nanos = System.nanoTime() - begin;
        long asked = System.nanoTime();
        if (most == Long.MAX_VALUE) {
            StringBuilder lines = new StringBuilder();
            holds.forEach(id -> lines.append(id).append('\n'));
            JsonNode held = held(callers, after).path(0);
            require(holds.isEmpty() && held.isMissingNode() || sha256(lines.toString()).equals(held.path("sha256").asText()), "the consumer does not hold what he must");
        }
        return new Caught(events, pages, nanos, System.nanoTime() - asked);
    }

    /** What he must hold; nothing is said while a record is on its way, so he asks again. */
    private static JsonNode held(Callers callers, String after) throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            JsonNode held = page(callers, after, "&held=true").path("held");
            if (!held.isMissingNode()) {
                return held;
            }
            Thread.sleep(100);
        }
        throw new BenchException("校验不符", "the service does not say what the consumer must hold");
    }

    private static JsonNode page(Callers callers, String after, String more) throws Exception {
        SignedAnswer answer = callers.changes("?limit=" + PAGE + more + (after.isEmpty() ? "" : "&after=" + after));
        require(answer.status() == 200, "a page is not 200");
        return JSON.readTree(answer.body());
    }

    private static String sha256(String text) {
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void require(boolean proved, String otherwise) {
        if (!proved) {
            throw new BenchException("校验不符", otherwise);
        }
    }

    /** The same rows, page by page, as the database gives them to whoever may read everything. */
    private record Bare(long events, long nanos) {
        double perSecond() {
            return events * 1e9 / nanos;
        }
    }

    private static Bare bare(BenchDatabase database) throws Exception {
        long begin = System.nanoTime();
        long events = 0;
        try (Connection connection = database.as(DatabaseRole.APP).getConnection();
                PreparedStatement page = connection.prepareStatement(
                        "SELECT c.position, c.slot, c.kind, r.id, r.matter_id, r.owner_unit, r.label::text, r.content::text"
                                + " FROM (SELECT * FROM xietong.sight_change WHERE viewer = ? AND position > ? ORDER BY position LIMIT ?) c"
                                + " JOIN xietong.record r ON r.id = c.record_id ORDER BY c.position")) {
            long position = 0;
            for (int read = PAGE; read == PAGE; ) {
                page.setString(1, Callers.SUPERVISOR);
                page.setLong(2, position);
                page.setInt(3, PAGE);
                read = 0;
                try (ResultSet row = page.executeQuery()) {
                    while (row.next()) {
                        position = row.getLong(1);
                        for (int column = 2; column <= 8; column++) {
                            row.getString(column);
                        }
                        read++;
                    }
                }
                events += read;
            }
        }
        return new Bare(events, System.nanoTime() - begin);
    }

    private static String report(Caught caught, Bare before, Bare after, Cpu cpu, Report.Memory memory) {
        double bare = (before.perSecond() + after.perSecond()) / 2;
        return String.format(
                Locale.ROOT,
                "%,10.0f /s   追赶 catching up: %,d events in %,d pages, %.1f s; %.2f ms a page; × bare %.3f%n"
                        + "%,10.0f /s   裸读 bare read of the same rows by JDBC (before %,.0f, after %,.0f)%n"
                        + "CPU µs per event: service %.0f   database %.0f   consumer %.0f%n"
                        + "每条恰好一次、顺序与累计校验值相符、应持有的记录相符（%.0f ms） / each told once, in order; tally and what he must hold agree (%.0f ms)%n"
                        + "memory of the service: RSS %,d MiB at most; heap %,d of %,d MiB%n",
                caught.perSecond(),
                caught.events(),
                caught.pages(),
                caught.nanos() / 1e9,
                caught.nanos() / 1e6 / caught.pages(),
                caught.perSecond() / bare,
                bare,
                before.perSecond(),
                after.perSecond(),
                cpu.service() / 1e3 / caught.events(),
                cpu.database() / 1e3 / caught.events(),
                cpu.load() / 1e3 / caught.events(),
                caught.heldNanos() / 1e6,
                caught.heldNanos() / 1e6,
                memory.rssMb(),
                memory.heapUsedMb(),
                memory.heapMaxMb());
    }
}
