package org.xietong.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.TimeStampAuthority;

/** The authorities of the configuration, in its order, the built-in one last; says plainly what is wrong with it. */
final class TimeAuthorities {
    private TimeAuthorities() {}

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    static List<TimeAuthority> of(TimeStampConfig config, Clock clock) {
        List<TimeAuthority> all = new ArrayList<>();
        for (int i = 0; i < config.authorities().size(); i++) {
            TimeStampConfig.Authority each = config.authorities().get(i);
            String key = "authorities[" + i + "]";
            requireHttp(key + ".url", each.url());
            all.add(new TimeAuthority(
                    each.url().getHost(),
                    certificates(key + ".certificate", each.certificate()),
                    each.sm3(),
                    new HttpTimeRoad(each.url(), config.timeout())));
        }
        config.builtInKey().ifPresent(file -> all.add(builtIn(file, config, clock)));
        return List.copyOf(all);
    }

    private static TimeAuthority builtIn(Path file, TimeStampConfig config, Clock clock) {
        try {
            KeyFile key = KeyFile.open(file, password(config));
            return new TimeAuthority(
                    "built-in", List.of(key.certificate()), true, new TimeStampAuthority(key.signer(), clock)::answer);
        } catch (IOException | RuntimeException e) {
            throw refused(
                    "built-in-key",
                    "须为一个 P-256 密钥，证书仅限时间戳用途，口令在 built-in-password-file",
                    "must hold one P-256 key with a certificate for time-stamping alone, its password in built-in-password-file");
        }
    }

    private static char[] password(TimeStampConfig config) throws IOException {
        Path file = config.builtInPasswordFile().orElseThrow(() -> new IOException("no password file"));
        return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    }

    private static List<X509Certificate> certificates(String key, Path file) {
        try {
            List<X509Certificate> certificates = Pem.certificates(Files.readString(file));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused(key, "不是可读的 PEM 证书", "is no readable PEM of certificates");
        }
        throw refused(key, "不含证书", "holds no certificate");
    }

    private static void requireHttp(String key, URI url) {
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw refused(key, "须为 http 或 https 地址", "must be an address of http or https");
        }
    }

    private static IllegalStateException refused(String key, String zh, String en) {
        String name = "xietong.timestamps." + key;
        return new IllegalStateException(name + "：" + zh + "。 / " + name + ": " + en + ".");
    }
}
