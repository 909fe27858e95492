package org.xietong.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.xietong.evidence.Checkpoint;
import org.xietong.witness.Finding;
import org.xietong.witness.StateInUseException;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Witnesses logs until it is told to stop; starts neither the service nor a database. */
@Command(
        name = "witness",
        description = {
            "见证日志：核对检查点前后一致后加签；发现分叉或回退即拒签、存证、报警。",
            "Witnesses logs: cosigns checkpoints that are consistent; refuses, keeps and tells forks and rollbacks."
        })
final class WitnessCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = {"配置文件（YAML），见 docs/guides/witness.md", "configuration (YAML), see docs/guides/witness.md"})
    @Nullable
    Path config;

    @Option(
            names = "--until-input-ends",
            hidden = true,
            description = {"标准输入关闭时结束", "ends with its standard input, so that no demonstration leaves it behind"})
    boolean untilInputEnds;

    @Override
    public Integer call() {
        WitnessSetup setup = WitnessFile.read(Objects.requireNonNull(config));
        CountDownLatch end = new CountDownLatch(1);
        try (Witness witness = Witness.start(setup, InstantSource.system(), WitnessCommand::tell)) {
            Runtime.getRuntime().addShutdownHook(new Thread(end::countDown, "witness-end"));
            System.out.println("见证人公钥 witness key  " + witness.verifierKey());
            System.out.println("监听 listening          " + witness.address());
            if (untilInputEnds) {
                Thread.ofVirtual().start(() -> drainInput(end));
            }
            end.await();
            return 0;
        } catch (StateInUseException e) {
            throw new LaunchException(
                    "另一见证进程正在使用该状态目录：" + setup.folder(), "another witness process uses this state: " + setup.folder());
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException("见证人未能启动", "the witness did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Xietong.FAILED;
        }
    }

    private static void drainInput(CountDownLatch end) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // as good as its end
        }
        end.countDown();
    }

    private static void tell(Finding finding) {
        Checkpoint kept = finding.kept().checkpoint();
        Checkpoint shown = finding.shown().checkpoint();
        String what = kept.origin() + " " + kept.size() + " → " + shown.size();
        switch (finding.kind()) {
            case FORK -> alarm("警报：日志分叉", "ALARM: the log has forked", what);
            case ROLLBACK -> alarm("警报：日志疑似回退", "ALARM: the log seems to be rolled back", what);
            case INCONSISTENT -> alarm("警报：未证明前后一致", "ALARM: consistency was not shown", what);
        }
    }

    private static void alarm(String zh, String en, String what) {
        System.err.println(zh + " / " + en + ": " + what);
    }
}
