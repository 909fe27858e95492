package org.xietong.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.xietong.crypto.Crypto;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./xietong bench ledger}: the command line of the measurement; 0 done, 1 failed, 2 usage error. */
@Command(
        name = "xietong bench ledger",
        description = {
            "测量账本：入账、定序、检查点、证明验证，与同一 PostgreSQL 上的裸插入和朴素设计之比。",
            "Measures the ledger on an embedded PostgreSQL of its own with fsync on; all of it on this machine.",
            "",
            "journaled     exchanges of 32 callers in group commits: entry, parts, index, nonces.",
            "sequenced     256 entries to a transaction: places, both trees, tiles, both heads.",
            "checkpointed  the same; after each transaction both heads signed (Ed25519, SM2) and stored.",
            "bare          rows of an entry's size, 256 to a statement and commit.",
            "naive         head FOR UPDATE, leaf, head, commit, for each entry; eight clients.",
            "proofs        inclusion proofs verified per second on one core, both trees.",
            "offline       entries of a log's folder that xietong verify checks per second on one core, both trees."
        })
final class LedgerBenchCommand implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = {"每项计时秒数，1–120，默认 10", "seconds per measurement, 1 to 120, 10 by default"})
    int seconds;

    @Option(
            names = "--json",
            description = {"结果以 JSON 写到标准输出", "the result as JSON on standard output"})
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = {"显示用法", "shows the usage"})
    boolean help;

    private LedgerBenchCommand() {}

    public static void main(String... arguments) {
        Crypto.install();
        CommandLine line = new CommandLine(new LedgerBenchCommand());
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((fault, given) -> Bench.tellUsage(fault, "ledger"));
        line.setExecutionExceptionHandler((failure, command, parsed) -> Bench.tellFailure(failure));
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || seconds > 120) {
            System.err.println("xietong: 用法错误 usage error: --seconds 1–120（./xietong bench ledger --help）");
            return 2;
        }
        Path home = Path.of(System.getProperty("xietong.home", ".")).toAbsolutePath();
        LedgerReport report = LedgerBench.run(home.resolve("target/bench"), seconds);
        System.out.print(json ? report.json() : report.text());
        return 0;
    }
}
