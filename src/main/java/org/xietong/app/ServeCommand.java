package org.xietong.app;

import io.quarkus.runtime.Application;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the service until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "启动服务；未配置数据库时使用内置 PostgreSQL。",
            "Starts the service; with no database configured, beside an embedded PostgreSQL."
        })
final class ServeCommand implements Callable<Integer> {
    /** What is kept beside the embedded database, in its data folder: to be backed up apart from it. */
    static final String OUTSIDE = "outside";

    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final String ATTACHMENTS = "xietong.attachments.folder";
    private static final String CHECKPOINT = "xietong.log.outside-folder";
    private static final String ERASURES = "xietong.erasures.log";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {"配置文件（properties 格式，UTF-8）", "configuration file (properties, UTF-8)"})
    @Nullable
    Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {"内置数据库的数据目录，默认 data/", "folder of the embedded database, data/ by default"})
    @Nullable
    Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = {"HTTP 端口，默认 8080", "HTTP port, 8080 by default"})
    @Nullable
    Integer port;

    @Option(
            names = "--demonstration",
            description = {"使用演示机构与密钥（仅供开发）", "with the demonstration's agencies and keys, for development only"})
    boolean demonstration;

    @Override
    public Integer call() {
        Optional.ofNullable(config).ifPresent(Settings::load);
        Optional.ofNullable(port).ifPresent(p -> System.setProperty("quarkus.http.port", p.toString()));
        if (Settings.find("xietong.database.url").isPresent()) {
            refuseDemonstration();
            return ServiceRun.untilEnd();
        }
        Path folder = data == null ? Settings.dataFolder() : data;
        byDefault(ATTACHMENTS, folder.resolve("attachments"));
        byDefault(CHECKPOINT, folder.resolve(OUTSIDE));
        byDefault(ERASURES, folder.resolve(OUTSIDE).resolve("erasures.log"));
        try (ServiceDatabase database = ServiceDatabase.start(folder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAfterService(database), "database-end"));
            if (demonstration) {
                return serveDemonstration(folder);
            }
            return ServiceRun.untilEnd();
        }
    }

    /** The witnesses begin once the service is ready, so that its start is not slower for them. */
    private static int serveDemonstration(Path folder) {
        DemonstrationCity city = DemonstrationSetup.establish(folder.resolve("city"));
        try (DemonstrationWitnesses witnesses = DemonstrationWitnesses.prepare(folder.resolve("witnesses"), city)) {
            URI base = URI.create(
                    "http://127.0.0.1:" + Settings.find("quarkus.http.port").orElse("8080"));
            Thread.ofVirtual().start(() -> {
                try {
                    Readiness.await(base, START_PATIENCE);
                    witnesses.start();
                } catch (IOException e) {
                    System.err.println("见证人未启动 / the witnesses were not started: " + e.getMessage());
                }
            });
            return ServiceRun.untilEnd();
        }
    }

    private static void byDefault(String key, Path path) {
        if (Settings.find(key).isEmpty()) {
            System.setProperty(key, path.toString());
        }
    }

    /** Keys that are made for show must not open a real city's database. */
    private void refuseDemonstration() {
        if (demonstration) {
            throw new LaunchException("--demonstration 只用于内置数据库", "--demonstration is for the embedded database only");
        }
    }

    /** When the JVM is told to end, the service finishes its exchanges before its database goes. */
    static void closeAfterService(ServiceDatabase database) {
        Application service = Application.currentApplication();
        if (service != null && service.isStarted()) {
            service.awaitShutdown();
        }
        database.close();
    }
}
