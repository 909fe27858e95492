package org.xietong.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xietong.app.DatabaseRole;
import org.xietong.app.DemonstrationCity;

/**
 * One run: parts, then bare and signed reads, then bare and signed writes. What is compared is measured in turns of a few
 * seconds, so that whatever else the machine does falls on both alike.
 */
final class ExchangeBench {
    private static final int RECORDS = 500;
    private static final int LONGEST_WARM_UP = 30;
    private static final int LONGEST_TURN = 5;
    /** Requests signed for the first, unknown turn. */
    private static final int FIRST_GUESS = 4_000;

    private final BenchService service;
    private final ProcessHandle postmaster;
    private final Callers callers;
    private final LoadLoop loop;
    private final int seconds;
    private final @Nullable Path profile;

    private ExchangeBench(
            BenchService service, ProcessHandle postmaster, Callers callers, int seconds, @Nullable Path profile) {
        this.service = service;
        this.postmaster = postmaster;
        this.callers = callers;
        this.loop = new LoadLoop(service.address());
        this.seconds = seconds;
        this.profile = profile;
    }

    /** Something to be measured: a kind of request, signed or not. */
    private record Subject(String name, boolean signed, Supplier<byte[]> request) {}

    static Report run(Path build, int seconds, @Nullable Path profile) throws Exception {
        if (profile != null) {
            Files.createDirectories(profile);
        }
        say("启动 PostgreSQL / starting PostgreSQL");
        try (BenchDatabase database = BenchDatabase.start(build.resolve("run/database"))) {
            Path folder = BenchDatabase.fresh(build.resolve("run/service"));
            DemonstrationCity city = DemonstrationCity.found(folder.resolve("city"));
            database.prepare(city);
            Duration part = Duration.ofMillis(Math.min(5_000, 250L * seconds));
            say("部件 / parts");
            double sign = Parts.signaturesPerSecond(city.system("MSA-421200"), part);
            double verify = Parts.verificationsPerSecond(city.system("MSA-421200"), part);
            double inserts = Parts.insertsPerSecond(database.as(DatabaseRole.APP), Callers.draft(), part);
            say("启动服务 / starting the service");
            Map<String, String> configuration = new HashMap<>(database.configuration());
            configuration.putAll(city.configuration());
            configuration.put("xietong.exchange.requests-per-second", "1000000");
            configuration.put("quarkus.log.console.level", "WARN");
            try (BenchService service = BenchService.start(build, folder, configuration)) {
                Callers callers = new Callers(city, service.base());
                return new ExchangeBench(service, database.postmaster(), callers, seconds, profile)
                        .measure(sign, verify, inserts);
            }
        }
    }

    private Report measure(double sign, double verify, double inserts) throws Exception {
        say("经 API 准备数据 / preparing data through the API");
        List<String> ids = callers.register(RECORDS);
        Supplier<String> anyId = inTurn(ids);
        Map<String, byte[]> bareReads = new HashMap<>();
        ids.forEach(id -> bareReads.put(id, callers.bareRead(id)));
        byte[] bareWrite = callers.bareWrite();
        List<Measured> reads = compare(
                "read",
                new Subject("裸读 bare read", false, () -> bareReads.get(anyId.get())),
                new Subject("读 read FULL", true, () -> callers.bytes(callers.full(anyId.get()))),
                new Subject("读 read SUMMARY", true, () -> callers.bytes(callers.summary(anyId.get()))));
        List<Measured> writes = compare(
                "write",
                new Subject("裸插入 bare insert", false, () -> bareWrite),
                new Subject("写 write", true, () -> callers.bytes(callers.create())));
        return new Report(
                reads.get(1),
                reads.get(2),
                writes.get(1),
                reads.getFirst(),
                writes.getFirst(),
                sign,
                verify,
                inserts,
                service.memory());
    }

    /** Warms each up, then measures them in turns. */
    private List<Measured> compare(String name, Subject... subjects) throws Exception {
        Duration warm = Duration.ofSeconds(Math.min(LONGEST_WARM_UP, seconds + seconds / 2 + 1));
        Map<Subject, Double> rates = new HashMap<>();
        Map<Subject, List<Measured>> turns = new HashMap<>();
        for (Subject subject : subjects) {
            say("预热 %s %d s / warming up", subject.name(), warm.toSeconds());
            rates.put(subject, warmUp(subject, warm));
            turns.put(subject, new ArrayList<>());
        }
        int count = (seconds + LONGEST_TURN - 1) / LONGEST_TURN;
        Duration turn = Duration.ofMillis(seconds * 1_000L / count);
        for (int i = 0; i < count; i++) {
            for (Subject subject : subjects) {
                Supplier<byte @Nullable []> requests = requests(subject, rates.getOrDefault(subject, 0.0), turn);
                Path recording = subject == subjects[1] && i == count - 1 ? profile : null;
                if (recording != null) {
                    service.record(name);
                }
                Cpu before = Cpu.now(service.process(), postmaster);
                Measured measured = loop.run(requests, turn)
                        .costing(Cpu.now(service.process(), postmaster).since(before));
                if (recording != null) {
                    service.keep(name, recording.resolve(name + ".jfr"));
                }
                rates.merge(subject, measured.perSecond(), Math::max);
                turns.getOrDefault(subject, List.of()).add(measured);
                service.memory();
                say("计时 %s %d/%d: %,.0f /s", subject.name(), i + 1, count, measured.perSecond());
            }
        }
        List<Measured> together = new ArrayList<>();
        for (Subject subject : subjects) {
            together.add(Measured.together(turns.getOrDefault(subject, List.of())));
        }
        return together;
    }

    /** @return the best rate that was seen, so that enough is signed for the turns that count */
    private double warmUp(Subject subject, Duration time) throws Exception {
        double best = 0;
        long left = time.toNanos();
        while (left > 0) {
            Duration turn = Duration.ofNanos(Math.min(left, Duration.ofSeconds(LONGEST_TURN).toNanos()));
            Measured measured = loop.run(requests(subject, best, turn), turn);
            best = Math.max(best, measured.perSecond());
            left -= Math.max(measured.elapsed(), 1);
        }
        return best;
    }

    /** Signed ones in a number that suffices; bare ones without end. */
    private Supplier<byte @Nullable []> requests(Subject subject, double rate, Duration time) throws Exception {
        if (!subject.signed()) {
            return subject.request()::get;
        }
        callers.renewTokens();
        int count = Math.max(FIRST_GUESS, (int) (rate * 1.5 * time.toMillis() / 1_000));
        return Signing.ahead(count, subject.request());
    }

    private static Supplier<String> inTurn(List<String> ids) {
        AtomicInteger next = new AtomicInteger();
        return () -> ids.get(Math.floorMod(next.getAndIncrement(), ids.size()));
    }

    private static void say(String format, Object... values) {
        System.err.println(String.format(Locale.ROOT, format, values));
    }
}
