package org.xietong.app;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the password of a key file comes from: the first line of a file, an environment variable, or the terminal.
 * Never an argument: those show in the list of processes and in the shell's history.
 */
final class KeyPassword {
    private KeyPassword() {}

    /** The password of an existing key. */
    static char[] ask(@Nullable Path file, String variable, String key) {
        char[] given = given(file, variable);
        return given.length > 0 ? given : typed(key + " 的口令 / password: ", variable);
    }

    /** The password for a new key, typed twice if it is typed. */
    static char[] choose(@Nullable Path file, String variable) {
        char[] given = given(file, variable);
        if (given.length > 0) {
            return given;
        }
        char[] first = typed("新密钥的口令 / password of the new key: ", variable);
        if (first.length == 0 || !Arrays.equals(first, typed("再次输入 / once more: ", variable))) {
            throw new LaunchException("口令为空或两次输入不一致", "the password is empty, or the two differ");
        }
        return first;
    }

    private static char[] given(@Nullable Path file, String variable) {
        if (file != null) {
            return firstLine(file);
        }
        String value = System.getenv(variable);
        return value == null ? new char[0] : value.toCharArray();
    }

    private static char[] firstLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || lines.getFirst().isEmpty()) {
                throw new LaunchException(
                        "口令文件的第一行为空：" + file, "the first line of the password file is empty: " + file);
            }
            return lines.getFirst().toCharArray();
        } catch (IOException e) {
            throw new LaunchException("无法读取口令文件：" + file, "the password file cannot be read: " + file, e);
        }
    }

    private static char[] typed(String prompt, String variable) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw new LaunchException(
                    "需要口令：用 --password-file 或环境变量 " + variable,
                    "a password is needed: give --password-file or the environment variable " + variable);
        }
        return typed;
    }
}
