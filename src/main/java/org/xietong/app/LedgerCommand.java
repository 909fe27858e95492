package org.xietong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.evidence.Checkpoint;
import org.xietong.ledger.KnownCheckpoints;
import org.xietong.ledger.RestoreDecision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator decides about the log, with the owner's role. */
@Command(
        name = "ledger",
        description = {"日志：对被回退的数据库作出决定。", "The log: decisions about a database that was set back."})
final class LedgerCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "缺少命令 / a verb is missing");
    }

    @Command(
            name = "accept-restore",
            description = {
                "确认从较旧的备份继续：缺失的交换不再找回，决定记入日志。",
                "Goes on from an older database: what is missing is given up, and the decision stands in the log."
            })
    int acceptRestore(
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = {"配置文件", "configuration file"})
                    @Nullable
                    Path config,
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description = {"内置数据库的数据目录，默认 data/", "folder of the embedded database, data/ by default"})
                    @Nullable
                    Path data,
            @Option(
                            names = "--operator",
                            required = true,
                            paramLabel = "WHO",
                            description = {"作出决定的人（编号）", "who decides, by id"})
                    String operator,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "WHY",
                            description = {"理由", "why"})
                    String reason) {
        Optional.ofNullable(config).ifPresent(Settings::load);
        Path folder = data == null ? Settings.dataFolder() : data;
        try (OwnerDatabase database = OwnerDatabase.open(folder);
                Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Optional<UUID> entry = RestoreDecision.accept(connection, known(folder), operator, reason);
            connection.commit();
            System.out.println(entry.map(id -> "已记录，服务将恢复 / recorded, the service will open: " + id)
                    .orElse("数据库未被回退，或已决定 / the database was not set back, or that was decided before"));
            return entry.isPresent() ? 0 : Xietong.FAILED;
        } catch (IOException e) {
            throw new LaunchException("保存的检查点无法读取", "a kept checkpoint cannot be read", e);
        } catch (SQLException e) {
            throw new LaunchException("数据库操作失败", "the database failed", e);
        }
    }

    private static List<Checkpoint> known(Path folder) throws IOException {
        String origin = Settings.find("xietong.log.origin")
                .or(() -> Settings.find("xietong.exchange.authority").map(authority -> authority + "/log"))
                .orElse(DemonstrationCity.AUTHORITY + "/log");
        Path outside = Settings.find("xietong.log.outside-folder").map(Path::of).orElseGet(() -> outside(folder));
        List<Path> others = Settings.find("xietong.log.known-checkpoints")
                .map(files -> Arrays.stream(files.split(","))
                        .map(String::strip)
                        .map(Path::of)
                        .toList())
                .orElse(List.of());
        return new KnownCheckpoints(origin, Optional.of(outside), others).read();
    }

    /** Where a service beside the embedded database keeps its own: of a demonstration in its city's folder. */
    private static Path outside(Path folder) {
        Path city = folder.resolve("city").resolve("log");
        return java.nio.file.Files.isDirectory(city) ? city : folder.resolve(ServeCommand.OUTSIDE);
    }
}
