package org.xietong.app;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.xietong.crypto.Crypto;

/** Where every run begins: the verbs of the command line, before any framework is up. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        Crypto.install();
        int code = Xietong.commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
