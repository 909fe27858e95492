package org.xietong.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Reloading;
import org.xietong.crypto.TimeStampAuthority;

/**
 * The authorities of the configuration, in its order, the built-in one last. Their certificates and the built-in one's key are read
 * again when their files were exchanged; a file may hold several certificates, so that an authority's old and new one are both
 * believed while it changes. Says plainly what is wrong with it.
 */
final class TimeAuthorities {
    private final TimeStampConfig config;
    private final Clock clock;
    private final List<HttpTimeRoad> roads = new ArrayList<>();
    private final Reloading<List<TimeAuthority>> files;

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    TimeAuthorities(TimeStampConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        for (int i = 0; i < config.authorities().size(); i++) {
            URI url = config.authorities().get(i).url();
            requireHttp("authorities[" + i + "].url", url);
            roads.add(new HttpTimeRoad(url, config.timeout()));
        }
        files = new Reloading<>(watched(config), this::read);
    }

    /** For who sees to it that exchanged files take effect. */
    Reloading<List<TimeAuthority>> files() {
        return files;
    }

    List<TimeAuthority> current() {
        return files.current();
    }

    private static List<Path> watched(TimeStampConfig config) {
        return Stream.concat(
                        config.authorities().stream().map(TimeStampConfig.Authority::certificate),
                        Stream.of(config.builtInKey(), config.builtInPasswordFile())
                                .flatMap(Optional::stream))
                .toList();
    }

    private List<TimeAuthority> read() {
        List<TimeAuthority> all = new ArrayList<>();
        for (int i = 0; i < roads.size(); i++) {
            TimeStampConfig.Authority each = config.authorities().get(i);
            all.add(new TimeAuthority(
                    each.url().getHost(),
                    certificates("authorities[" + i + "].certificate", each.certificate()),
                    each.sm3(),
                    roads.get(i)));
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
