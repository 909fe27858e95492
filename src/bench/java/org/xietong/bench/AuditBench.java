package org.xietong.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.xietong.app.DatabaseRole;
import org.xietong.app.DemonstrationCity;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.KeyFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./xietong bench audit}: what an auditor's questions cost in a small log and in a large one; 0 done, 1 failed, 2 usage error. */
@Command(
        name = "xietong bench audit",
        description = {
            "比较小日志与大日志中审计查询的耗时：清单各筛选条件、查阅、回执、条目。",
            "Compares what an auditor's questions cost in a log of 10,000 entries and in a large one: a page by each filter,",
            "an opened exchange, a receipt, a bundle. Medians of many, with other values each time; the service's own queries,",
            "roles and connection settings, without HTTP, whose cost does not depend on the size.",
            "Fills a database of its own under target/bench; a million entries take some 4 GB and a few minutes."
        })
final class AuditBench implements Callable<Integer> {
    private static final long SMALL = 10_000;
    private static final int WARM_UP = 150;
    private static final int MEASURED = 400;

    @Option(
            names = "--entries",
            paramLabel = "N",
            defaultValue = "1000000",
            description = {"大日志的条目数，默认 1000000", "entries of the large log, 1,000,000 by default"})
    long entries;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = {"显示用法", "shows the usage"})
    boolean help;

    private AuditBench() {}

    public static void main(String... arguments) {
        Crypto.install();
        System.exit(new CommandLine(new AuditBench()).setUsageHelpAutoWidth(true).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (entries < 2 * SMALL || entries > 20_000_000) {
            System.err.println("xietong: 用法错误 usage error: --entries 20000–20000000");
            return 2;
        }
        Path build = Path.of(System.getProperty("xietong.home", ".")).toAbsolutePath().resolve("target/bench");
        try (BenchDatabase database = BenchDatabase.start(build.resolve("run/audit-database"))) {
            DemonstrationCity city = DemonstrationCity.found(
                    BenchDatabase.fresh(build.resolve("run/audit")).resolve("city"));
            database.prepare(city);
            Path key = city.platformKey("log-intl");
            char[] password =
                    Files.readString(key.resolveSibling("password")).strip().toCharArray();
            AuditFill fill = new AuditFill(
                    database.as(DatabaseRole.OWNER), KeyFile.open(key, password).signer());
            try (AgroalDataSource application = pool(database, DatabaseRole.APP);
                    AgroalDataSource auditor = pool(database, DatabaseRole.AUDITOR)) {
                AuditProbes probes = new AuditProbes(application, auditor);
                // Once for the compiler: what comes second must not seem cheaper for it.
                measure(fill, probes, SMALL);
                Map<String, Timed> small = measure(fill, probes, SMALL);
                Map<String, Timed> large = measure(fill, probes, entries);
                System.out.print(report(small, large));
            }
        }
        return 0;
    }

    /** Half and nearly all of what a question took, in microseconds. */
    private record Timed(double median, double p95) {}

    private static Map<String, Timed> measure(AuditFill fill, AuditProbes probes, long size) throws Exception {
        System.err.printf(Locale.ROOT, "填充至 %,d 条 / filling to %,d entries%n", size, size);
        fill.growTo(size);
        Map<String, Timed> times = new LinkedHashMap<>();
        for (Map.Entry<String, AuditProbes.Probe> probe : probes.of(size).entrySet()) {
            System.err.println("  " + probe.getKey());
            times.put(probe.getKey(), time(probe.getKey(), probe.getValue()));
        }
        return times;
    }

    private static Timed time(String name, AuditProbes.Probe probe) throws Exception {
        long found = 0;
        for (int i = 0; i < WARM_UP; i++) {
            found += probe.ask();
        }
        long[] nanos = new long[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            long begin = System.nanoTime();
            found += probe.ask();
            nanos[i] = System.nanoTime() - begin;
        }
        if (found == 0) {
            throw new BenchException("没有结果：" + name, "nothing was found by: " + name);
        }
        Arrays.sort(nanos);
        return new Timed(nanos[MEASURED / 2] / 1e3, nanos[MEASURED * 95 / 100] / 1e3);
    }

    private String report(Map<String, Timed> small, Map<String, Timed> large) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d → %,d 条 entries，中位数 median（p95），µs；比 ratio of the medians%n",
                SMALL,
                entries));
        Map<String, Timed> before = new HashMap<>(small);
        large.forEach((name, now) -> {
            Timed then = before.getOrDefault(name, now);
            text.append(String.format(
                    Locale.ROOT,
                    "%8.0f (%7.0f) → %8.0f (%7.0f)   × %5.2f   %s%n",
                    then.median(),
                    then.p95(),
                    now.median(),
                    now.p95(),
                    now.median() / then.median(),
                    name));
        });
        return text.toString();
    }

    /** As the service's own pools are set. */
    private static AgroalDataSource pool(BenchDatabase database, DatabaseRole role) throws Exception {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .maxSize(2)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .connectionFactoryConfiguration(factory -> {
                            factory.jdbcUrl(database.url())
                                    .principal(new NamePrincipal(role.username()))
                                    .credential(new SimplePassword(database.password(role)));
                            if (role == DatabaseRole.APP) {
                                factory.jdbcProperty("prepareThreshold", "2");
                                factory.jdbcProperty("options", "-c plan_cache_mode=force_generic_plan");
                            }
                            return factory;
                        })));
    }
}
