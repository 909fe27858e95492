package org.xietong.app;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.DirectoryAdmin;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.agency.DirectoryException;
import org.xietong.agency.DirectoryFile;
import org.xietong.agency.DirectoryImport;
import org.xietong.agency.ImportReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who takes part: an operator's verbs, with the owner's role. The service follows within 5 s. */
@Command(
        name = "directory",
        synopsisSubcommandLabel = "import|suspend|resume",
        description = {"机构目录：导入、停用、恢复；服务在 5 秒内生效。", "The directory of agencies; the service follows within 5 s."})
final class DirectoryCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    /** Where the database is. */
    static final class Where {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = {"配置文件", "configuration file"})
        @Nullable
        Path config;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = {"内置数据库的数据目录，默认 data/", "folder of the embedded database, data/ by default"})
        @Nullable
        Path data;

        private int run(OwnerAct act) {
            Optional.ofNullable(config).ifPresent(Settings::load);
            try (OwnerDatabase database = OwnerDatabase.open(data == null ? Settings.dataFolder() : data)) {
                act.run(database.dataSource());
                return 0;
            } catch (DirectoryException e) {
                e.faults().forEach(fault -> System.err.println("xietong: " + fault));
                return Xietong.FAILED;
            } catch (SQLException e) {
                throw new LaunchException("数据库操作失败", "the database failed", e);
            }
        }
    }

    private interface OwnerAct {
        void run(DataSource owner) throws SQLException;
    }

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "缺少 import、suspend 或 resume / one of them is missing");
    }

    @Command(
            name = "import",
            description = {"导入目录文件（YAML），全部成功或全部不变", "imports a directory file (YAML): all of it or nothing"})
    int importFile(@Mixin Where where, @Parameters(paramLabel = "FILE") Path file) {
        return where.run(owner -> report(new DirectoryImport(owner, Clock.systemUTC()).run(DirectoryFile.read(file))));
    }

    @Command(
            name = "suspend",
            description = {"停用单位、系统、人员、密钥或系统外接收单位", "suspends a unit, system, officer, key or outside recipient"})
    int suspend(
            @Mixin Where where,
            @Parameters(paramLabel = "unit|system|officer|key|outside") Subject subject,
            @Parameters(paramLabel = "ID") String id) {
        return where.run(owner -> {
            new DirectoryAdmin(owner).suspend(subject, id);
            System.out.println("已停用 / suspended: " + name(subject) + " " + id);
        });
    }

    @Command(
            name = "resume",
            description = {"恢复单位、系统、人员、密钥或系统外接收单位", "resumes a unit, system, officer, key or outside recipient"})
    int resume(
            @Mixin Where where,
            @Parameters(paramLabel = "unit|system|officer|key|outside") Subject subject,
            @Parameters(paramLabel = "ID") String id) {
        return where.run(owner -> {
            new DirectoryAdmin(owner).resume(subject, id);
            System.out.println("已恢复 / resumed: " + name(subject) + " " + id);
        });
    }

    private static void report(ImportReport report) {
        System.out.printf(
                "已导入 / imported: 单位 units %d, 系统 systems %d, 人员 officers %d, 密钥 keys %d, 发证机构 authorities %d, 系统外接收单位 outside %d%n",
                report.units(),
                report.systems(),
                report.officers(),
                report.keys(),
                report.authorities(),
                report.outside());
        report.stillSuspended().forEach(one -> System.out.println("仍处于停用，须用 resume 恢复 / still suspended: " + one));
    }

    private static String name(Subject subject) {
        return subject.name().toLowerCase(Locale.ROOT);
    }
}
