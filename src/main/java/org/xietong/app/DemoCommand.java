package org.xietong.app;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xietong.app.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything at once, for a newcomer: database, city with keys, service, and the story told over HTTP. */
@Command(
        name = "demo",
        description = {"演示：自动准备一切并讲述一个案件。", "Demonstration: sets everything up and plays a case."})
final class DemoCommand implements Callable<Integer> {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration WITNESS_PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = "--exit",
            description = {"演示结束后退出；仅当每一步均如预期时为 0", "exit at the end; 0 only if every step did what it should"})
    boolean exit;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description = {"由客户端把每次交换的证据写入该目录", "have the client write each exchange's evidence there"})
    @Nullable
    Path evidence;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {"数据目录，默认 data/demo；每次演示重新建立", "data folder, data/demo by default; made anew each time"})
    @Nullable
    Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = {"HTTP 端口，默认 8080", "HTTP port, 8080 by default"})
    int port;

    @Override
    public Integer call() {
        PortCheck.requireFree(port);
        Path folder = (data == null ? Settings.dataFolder().resolve("demo") : data)
                .toAbsolutePath()
                .normalize();
        DemonstrationFolder.renew(folder);
        System.out.println("正在准备：数据库、密钥、目录 … / preparing database, keys, directory …");
        try (ServiceDatabase database = ServiceDatabase.start(folder.resolve("database"))) {
            DemonstrationCity city = DemonstrationSetup.establish(folder.resolve("city"));
            System.setProperty("quarkus.http.port", Integer.toString(port));
            System.setProperty("quarkus.log.console.level", "WARN");
            System.out.println("正在启动服务 … / starting the service …");
            try (DemonstrationWitnesses witnesses = DemonstrationWitnesses.prepare(folder.resolve("witnesses"), city)) {
                return serve(city, witnesses, database, new DemonstrationClock(folder));
            }
        }
    }

    private int serve(
            DemonstrationCity city,
            DemonstrationWitnesses witnesses,
            ServiceDatabase database,
            DemonstrationClock clock) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ServeCommand.closeAfterService(database), "database-end"));
        AtomicInteger outcome = new AtomicInteger(Xietong.FAILED);
        Thread teller = new Thread(() -> tell(city, witnesses, clock, outcome), "demonstration");
        teller.setDaemon(true);
        teller.start();
        int code = ServiceRun.untilEnd();
        return exit ? outcome.get() : code;
    }

    private void tell(
            DemonstrationCity city, DemonstrationWitnesses witnesses, DemonstrationClock clock, AtomicInteger outcome) {
        URI base = URI.create("http://127.0.0.1:" + port);
        try {
            Readiness.await(base, START_PATIENCE);
            witnesses.start();
            Story story = new Story(city, base, clock, evidence);
            boolean played = story.play();
            outcome.set(isWitnessed(witnesses, base) && played ? 0 : Xietong.FAILED);
            addresses(base);
        } catch (RuntimeException | IOException e) {
            System.err.println("演示失败 / the demonstration failed: " + e);
        } finally {
            if (exit) {
                Quarkus.asyncExit(outcome.get());
            }
        }
    }

    private static boolean isWitnessed(DemonstrationWitnesses witnesses, URI base) throws IOException {
        boolean cosigned = witnesses.awaitCosigned(base, WITNESS_PATIENCE);
        System.out.println();
        System.out.println(
                cosigned
                        ? "✓ 检察院、法院的见证进程已对日志检查点加签 / the witnesses of procuratorate and court have cosigned the log"
                        : "✗ 日志检查点未获两方见证 / the log's checkpoint is not cosigned by both witnesses");
        return cosigned;
    }

    private void addresses(URI base) {
        System.out.println();
        System.out.println("接口 API            " + base + "/v1");
        System.out.println("接口文档 Swagger UI  " + base + "/docs");
        System.out.println("OpenAPI             " + base + "/openapi");
        System.out.println("日志 Log            " + base + "/log/checkpoint");
        System.out.println("健康 Health         " + base + "/health");
        if (evidence != null && Files.isDirectory(evidence)) {
            System.out.println("证据 Evidence       " + evidence.toAbsolutePath().normalize());
        }
        if (!exit) {
            System.out.println("服务继续运行，Ctrl-C 停止。 / The service stays up; Ctrl-C stops it.");
        }
    }
}
