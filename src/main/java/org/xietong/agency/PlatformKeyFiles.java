package org.xietong.agency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.xietong.crypto.BlindKey;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.SecretKeyFile;
import org.xietong.crypto.Signer;

/** Opens the platform's key files, and says plainly what is wrong with them; never what the password is. */
final class PlatformKeyFiles {
    private final char[] password;

    PlatformKeyFiles(Optional<String> password, Optional<Path> passwordFile) {
        if (password.isPresent() == passwordFile.isPresent()) {
            throw refused(
                    "xietong.keys.password 与 xietong.keys.password-file 须且只须配置一项",
                    "configure exactly one of xietong.keys.password and xietong.keys.password-file");
        }
        this.password =
                password.orElseGet(() -> firstLine(passwordFile.orElseThrow())).toCharArray();
    }

    Signer open(String name, Optional<Path> configured, Set<KeyAlgorithm> allowed) {
        String key = "xietong.keys." + name;
        Path file = configured.orElseThrow(() -> refused("缺少配置项 " + key, key + " is not configured"));
        Signer signer = open(key, file);
        if (!allowed.contains(signer.algorithm())) {
            throw refused(key + "：密钥算法须为 " + allowed, key + ": the key must be of " + allowed);
        }
        return signer;
    }

    BlindKey openSecret(String name, Optional<Path> configured) {
        String key = "xietong.keys." + name;
        Path file = configured.orElseThrow(() -> refused("缺少配置项 " + key, key + " is not configured"));
        try {
            return SecretKeyFile.open(file, password).key();
        } catch (NoSuchFileException e) {
            throw refused(key + "：文件不存在：" + file, key + ": no such file: " + file);
        } catch (IOException | RuntimeException e) {
            throw refused(
                    key + "：文件无法打开（无权读取、口令错误，或不是恰含一个 256 位 HMAC 密钥的 PKCS#12）：" + file,
                    key
                            + ": cannot be opened (not readable, wrong password, or not a PKCS#12 with one HMAC key of 256 bits): "
                            + file);
        }
    }

    private Signer open(String key, Path file) {
        try {
            return KeyFile.open(file, password).signer();
        } catch (NoSuchFileException e) {
            throw refused(key + "：文件不存在：" + file, key + ": no such file: " + file);
        } catch (IOException | RuntimeException e) {
            throw refused(
                    key + "：文件无法打开（无权读取、口令错误，或不是恰含一个密钥的 PKCS#12）：" + file,
                    key + ": cannot be opened (not readable, wrong password, or not a PKCS#12 with one key): " + file);
        }
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw refused(
                    "xietong.keys.password-file：文件无法读取：" + file, "xietong.keys.password-file: cannot be read: " + file);
        }
    }

    private static IllegalStateException refused(String zh, String en) {
        return new IllegalStateException("平台密钥：" + zh + "。 / Platform keys: " + en + ".");
    }
}
