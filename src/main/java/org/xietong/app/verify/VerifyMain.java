package org.xietong.app.verify;

import picocli.CommandLine;

/** {@code java -jar xietong-verify.jar}: the verifier without the service. */
public final class VerifyMain {
    private static final int USAGE = 2;

    VerifyMain() {}

    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new VerifyCommand());
        line.setCommandName("java -jar xietong-verify.jar");
        line.setUsageHelpAutoWidth(true);
        line.setExpandAtFiles(false);
        line.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .arity("0")
                        .description("显示用法", "shows the usage")
                        .build());
        line.setParameterExceptionHandler((fault, given) -> {
            String message =
                    String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
            fault.getCommandLine().getErr().println("xietong-verify: 用法错误 usage error: " + message + "（--help）");
            return USAGE;
        });
        int code = line.execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
