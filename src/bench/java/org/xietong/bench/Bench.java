package org.xietong.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xietong.app.LaunchException;
import org.xietong.crypto.Crypto;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code ./xietong bench exchange}: the command line of the measurement; 0 done, 1 failed, 2 usage error. */
@Command(
        name = "xietong bench exchange",
        description = {
            "测量签名交换：读、写与同一 HTTP 栈上的裸读、裸持久插入之比。",
            "Measures the exchange in a closed loop with 32 keep-alive connections; load, service and database on this machine.",
            "",
            "read   GET /v1/clues/{id}: SM2-signed, decided, redacted, journaled, answer SM2-signed; the owner's FULL view.",
            "       ratioBare: against a bare endpoint (bench build only) that reads the same row over the same HTTP stack.",
            "write  POST /v1/clues: signed as above, a new matter each, durable when answered.",
            "       ratioBare: against a bare durable one-row insert of the same body over the same HTTP stack;",
            "       parts.durableInsert is the same insert over 32 JDBC connections, without HTTP.",
            "",
            "Requests are signed beforehand, outside the timed part, and used once. Rate limits are raised for the run.",
            "Any answer but 2xx fails the run. The service runs with -Xmx512m."
        })
final class Bench implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = {"每项计时秒数，1–120，默认 20", "seconds per measurement, 1 to 120, 20 by default"})
    int seconds;

    @Option(
            names = "--json",
            description = {"结果以 JSON 写到标准输出", "the result as JSON on standard output"})
    boolean json;

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = {"另存服务在读、写计时段的 JFR 记录（会稍慢）", "also keeps JFR recordings of the service, at some cost"})
    @Nullable
    Path profile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = {"显示用法", "shows the usage"})
    boolean help;

    private Bench() {}

    public static void main(String... arguments) {
        Crypto.install();
        CommandLine line = new CommandLine(new Bench());
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((fault, given) -> tellUsage(fault, "exchange"));
        line.setExecutionExceptionHandler((failure, command, parsed) -> tellFailure(failure));
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || seconds > 120) {
            System.err.println("xietong: 用法错误 usage error: --seconds 1–120（./xietong bench exchange --help）");
            return 2;
        }
        Path home = Path.of(System.getProperty("xietong.home", ".")).toAbsolutePath();
        Report report = ExchangeBench.run(home.resolve("target/bench"), seconds, profile);
        System.out.print(json ? report.json() : report.text());
        return 0;
    }

    static int tellUsage(ParameterException fault, String what) {
        String message = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        System.err.println("xietong: 用法错误 usage error: " + message + "（./xietong bench " + what + " --help）");
        return 2;
    }

    static int tellFailure(Exception failure) throws Exception {
        if (failure instanceof BenchException || failure instanceof LaunchException) {
            System.err.println("xietong: " + failure.getMessage());
            if (failure.getCause() != null) {
                System.err.println("xietong: " + failure.getCause());
            }
            return 1;
        }
        throw failure;
    }
}
