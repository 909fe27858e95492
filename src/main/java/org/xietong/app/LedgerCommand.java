package org.xietong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xietong.ledger.KnownCheckpoints;
import org.xietong.ledger.LogIdentity;
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
                    String reason,
            @Option(
                            names = "--size",
                            paramLabel = "N",
                            description = {
                                "仅放弃此条目数的检查点；默认放弃全部缺失的检查点",
                                "gives up checkpoints of this size only; all that are lost by default"
                            })
                    @Nullable
                    Long size) {
        Optional.ofNullable(config).ifPresent(Settings::load);
        Path folder = data == null ? Settings.dataFolder() : data;
        try (OwnerDatabase database = OwnerDatabase.open(folder);
                Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            RestoreDecision decision = RestoreDecision.accept(
                    connection,
                    known(folder),
                    identity(),
                    size == null ? OptionalLong.empty() : OptionalLong.of(size),
                    operator,
                    reason);
            connection.commit();
            return tell(decision);
        } catch (IOException e) {
            throw new LaunchException("保存的检查点不可用：" + e.getMessage(), "a kept checkpoint is of no use", e);
        } catch (IllegalArgumentException e) {
            throw new LaunchException("xietong.log.former-keys 无法读取", "xietong.log.former-keys cannot be read", e);
        } catch (SQLException e) {
            throw new LaunchException("数据库操作失败", "the database failed", e);
        }
    }

    private static int tell(RestoreDecision decision) {
        decision.givenUp().forEach(lost -> System.out.println("放弃 / given up: " + lost));
        decision.open().forEach(lost -> System.out.println("仍待决定 / still to be decided: " + lost));
        System.out.println(decision.entry()
                .map(id -> decision.open().isEmpty()
                        ? "已记录，服务将恢复 / recorded, the service will open: " + id
                        : "已记录，服务仍停 / recorded, the service stays closed: " + id)
                .orElse("没有可放弃的检查点：数据库未被回退，或已决定"
                        + " / nothing to give up: the database was not set back, or that was decided before"));
        return decision.entry().isPresent() ? 0 : Xietong.FAILED;
    }

    private static LogIdentity identity() {
        String origin = Settings.find("xietong.log.origin")
                .or(() -> Settings.find("xietong.exchange.authority").map(authority -> authority + "/log"))
                .orElse(DemonstrationCity.AUTHORITY + "/log");
        return LogIdentity.recorded(origin, listed("xietong.log.former-keys"));
    }

    private static KnownCheckpoints known(Path folder) {
        Path outside = Settings.find("xietong.log.outside-folder").map(Path::of).orElseGet(() -> outside(folder));
        List<Path> others =
                listed("xietong.log.known-checkpoints").stream().map(Path::of).toList();
        return new KnownCheckpoints(Optional.of(outside), others);
    }

    private static List<String> listed(String key) {
        return Settings.find(key)
                .map(all -> Arrays.stream(all.split(",")).map(String::strip).toList())
                .orElse(List.of());
    }

    /** Where a service beside the embedded database keeps its own: of a demonstration in its city's folder. */
    private static Path outside(Path folder) {
        Path city = folder.resolve("city").resolve("log");
        return java.nio.file.Files.isDirectory(city) ? city : folder.resolve(ServeCommand.OUTSIDE);
    }
}
