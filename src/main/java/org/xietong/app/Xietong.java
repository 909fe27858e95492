package org.xietong.app;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xietong.app.verify.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line: 0 done, 1 failed, 2 usage error told in one line. */
@Command(
        name = "xietong",
        description = {"协同：知识产权案件跨部门协同服务", "Xietong: signed exchange for intellectual-property cases"},
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            KeygenCommand.class,
            CallCommand.class,
            DirectoryCommand.class,
            VerifyCommand.class,
            WitnessCommand.class,
            LedgerCommand.class,
            CommandLine.HelpCommand.class
        })
final class Xietong implements Runnable {
    static final int FAILED = 1;
    static final int USAGE = 2;

    @Spec
    @Nullable
    CommandSpec spec;

    private Xietong() {}

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Xietong());
        line.setParameterExceptionHandler(Xietong::tellUsage);
        line.setExecutionExceptionHandler(Xietong::tellFailure);
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // "@file" is a body to send, never a file of arguments.
        line.setExpandAtFiles(false);
        addHelpOption(line);
        return line;
    }

    /** {@code --help} on every verb. */
    private static void addHelpOption(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(false);
        line.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .arity("0")
                        .description("显示用法", "shows the usage")
                        .build());
        line.getSubcommands().values().stream()
                .filter(sub -> !(sub.getCommand() instanceof CommandLine.HelpCommand))
                .forEach(Xietong::addHelpOption);
    }

    @Override
    public void run() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(line, "缺少命令 / a verb is missing");
    }

    private static int tellUsage(ParameterException fault, String[] arguments) {
        CommandLine line = fault.getCommandLine();
        String message = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        line.getErr()
                .println("xietong: 用法错误 usage error: " + message + "（"
                        + line.getCommandSpec().qualifiedName() + " --help）");
        return USAGE;
    }

    private static int tellFailure(Exception failure, CommandLine line, ParseResult parsed) throws Exception {
        PrintWriter err = line.getErr();
        if (failure instanceof LaunchException told) {
            err.println("xietong: " + told.zh());
            err.println("xietong: " + told.en());
            if (told.getCause() != null) {
                err.println("xietong: " + told.getCause());
            }
            return FAILED;
        }
        throw failure;
    }
}
