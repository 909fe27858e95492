package org.xietong.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
            "比较小日志与大日志中审计查询的耗时：清单各筛选条件、查阅、回执、条目；以及删除一份记录。",
            "Compares what an auditor's questions cost in a log of 10,000 entries and in a large one: a page by each filter,",
            "an opened exchange, a receipt, a bundle; and the erasure of a record. Medians of many, with other values each time; the service's own queries,",
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
        Path build = Path.of(System.getProperty("xietong.home", "."))
                .toAbsolutePath()
                .resolve("target/bench/run");
        try (Log small = Log.fill(build.resolve("audit-small"), SMALL);
                Log large = Log.fill(build.resolve("audit-large"), entries)) {
            System.out.print(report(compare(small, large)));
        }
        return 0;
    }

    /** A log of a size, in a database of its own. */
    private record Log(
            BenchDatabase database, AgroalDataSource application, AgroalDataSource auditor, ErasureProbe erasure, long size)
            implements AutoCloseable {
        static Log fill(Path folder, long size) throws Exception {
            System.err.printf(Locale.ROOT, "填充 %,d 条 / filling %,d entries%n", size, size);
            BenchDatabase database = BenchDatabase.start(folder.resolve("database"));
            DemonstrationCity city = DemonstrationCity.found(
                    BenchDatabase.fresh(folder.resolve("service")).resolve("city"));
            database.prepare(city);
            Path key = city.platformKey("log-intl");
            char[] password =
                    Files.readString(key.resolveSibling("password")).strip().toCharArray();
            new AuditFill(
                            database.as(DatabaseRole.OWNER),
                            KeyFile.open(key, password).signer())
                    .growTo(size);
            return new Log(
                    database,
                    pool(database, DatabaseRole.APP),
                    pool(database, DatabaseRole.AUDITOR),
                    ErasureProbe.fill(database.as(DatabaseRole.OWNER)),
                    size);
        }

        Map<String, AuditProbes.Probe> probes() {
            Map<String, AuditProbes.Probe> probes = new AuditProbes(application, auditor).of(size);
            probes.put("删除一份记录 an erasure", erasure::erase);
            return probes;
        }

        @Override
        public void close() {
            erasure.close();
            application.close();
            auditor.close();
            database.close();
        }
    }

    /** What a question took in both, in microseconds. */
    private record Timed(double small, double smallP95, double large, double largeP95) {}

    /** In turns, so that whatever else the machine does falls on both alike. */
    private static Map<String, Timed> compare(Log small, Log large) throws Exception {
        Map<String, Timed> times = new LinkedHashMap<>();
        Map<String, AuditProbes.Probe> others = large.probes();
        for (Map.Entry<String, AuditProbes.Probe> probe : small.probes().entrySet()) {
            System.err.println("  " + probe.getKey());
            AuditProbes.Probe other = java.util.Objects.requireNonNull(others.get(probe.getKey()));
            long[] here = new long[MEASURED];
            long[] there = new long[MEASURED];
            for (int i = -WARM_UP; i < MEASURED; i++) {
                long first = nanos(probe.getValue());
                long second = nanos(other);
                if (i >= 0) {
                    here[i] = first;
                    there[i] = second;
                }
            }
            Arrays.sort(here);
            Arrays.sort(there);
            times.put(
                    probe.getKey(),
                    new Timed(
                            here[MEASURED / 2] / 1e3,
                            here[MEASURED * 95 / 100] / 1e3,
                            there[MEASURED / 2] / 1e3,
                            there[MEASURED * 95 / 100] / 1e3));
        }
        return times;
    }

    private static long nanos(AuditProbes.Probe probe) throws Exception {
        long begin = System.nanoTime();
        probe.ask();
        return System.nanoTime() - begin;
    }

    private String report(Map<String, Timed> times) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d → %,d 条 entries，中位数 median（p95），µs；比 ratio of the medians%n",
                SMALL,
                entries));
        times.forEach((name, time) -> text.append(String.format(
                Locale.ROOT,
                "%8.0f (%7.0f) → %8.0f (%7.0f)   × %5.2f   %s%n",
                time.small(),
                time.smallP95(),
                time.large(),
                time.largeP95(),
                time.large() / time.small(),
                name)));
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
