package org.xietong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.crypto.KeyFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who signs a call: the system always, the officer if he gives his key. */
final class CallKeys {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE.p12",
            description = {"本系统的密钥", "the system's key"})
    @Nullable
    Path key;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = {"首行为其口令", "its first line is the password (or " + KeygenCommand.PASSWORD_VARIABLE + ")"})
    @Nullable
    Path passwordFile;

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    @Nullable
    CallOfficer officer;

    KeyFile system() {
        Path file = Objects.requireNonNull(key);
        return open(file, KeyPassword.ask(passwordFile, KeygenCommand.PASSWORD_VARIABLE, file.toString()));
    }

    /** Names the officer in the call, if there is one, and has him sign if his key is given. */
    void nameOfficer(Call call) {
        if (officer != null) {
            officer.putInto(call);
        }
    }

    private static KeyFile open(Path file, char[] password) {
        try {
            return KeyFile.open(file, password);
        } catch (IOException e) {
            throw new LaunchException(
                    "无法打开密钥文件（口令是否正确？）：" + file, "the key file cannot be opened (is the password right?): " + file, e);
        }
    }

    /** The officer on whose behalf the system calls. */
    static final class CallOfficer {
        static final String PASSWORD_VARIABLE = "XIETONG_OFFICER_PASSWORD";

        @Option(
                names = "--officer",
                required = true,
                paramLabel = "ID@UNIT",
                converter = IdAtUnit.Converter.class,
                description = {"办案人员及其单位", "the officer and his unit, e.g. POLICE-421200-007@POLICE-421200"})
        @Nullable
        IdAtUnit name;

        @Option(
                names = "--login",
                paramLabel = "HOW",
                description = {"办案人员的登录方式", "how the officer logged in: password (default), ukey, …"})
        String login = "password";

        @Option(
                names = "--officer-key",
                paramLabel = "FILE.p12",
                description = {"办案人员本人的密钥", "the officer's own key"})
        @Nullable
        Path key;

        @Option(
                names = "--officer-password-file",
                paramLabel = "FILE",
                description = {"首行为其口令", "its first line is the password (or " + PASSWORD_VARIABLE + ")"})
        @Nullable
        Path passwordFile;

        void putInto(Call call) {
            IdAtUnit who = Objects.requireNonNull(name);
            OfficerName named = new OfficerName(who.id(), who.unit(), login);
            if (key == null) {
                call.officer(named);
            } else {
                char[] password = KeyPassword.ask(passwordFile, PASSWORD_VARIABLE, key.toString());
                call.officer(named, open(key, password).signer());
            }
        }
    }

    record IdAtUnit(String id, String unit) {
        private static final Pattern FORM = Pattern.compile("([^@]+)@([^@]+)");

        static final class Converter implements ITypeConverter<IdAtUnit> {
            @Override
            public IdAtUnit convert(String text) {
                Matcher parts = FORM.matcher(text);
                if (!parts.matches()) {
                    throw new TypeConversionException("应为 ID@UNIT / expected ID@UNIT");
                }
                return new IdAtUnit(parts.group(1), parts.group(2));
            }
        }
    }
}
