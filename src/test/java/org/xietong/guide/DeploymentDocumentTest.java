package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.agency.AdminConfig;
import org.xietong.agency.PlatformKeysConfig;
import org.xietong.agency.RevocationConfig;
import org.xietong.agency.TokenConfig;
import org.xietong.exchange.ExchangeConfig;
import org.xietong.ledger.JournalConfig;
import org.xietong.ledger.TimeStampConfig;
import org.xietong.record.AttachmentConfig;
import org.xietong.record.FeedConfig;

/** deploy/README.md explains the configuration that there is, and no other. */
class DeploymentDocumentTest {
    private static final Pattern KEY = Pattern.compile(
            "^\\| `(xietong\\.(?:exchange|feed|keys|token|journal|attachments|admin|timestamps|revocation)\\.[a-z-]+)` ");

    @ParameterizedTest
    @ValueSource(
            classes = {
                ExchangeConfig.class,
                PlatformKeysConfig.class,
                TokenConfig.class,
                JournalConfig.class,
                AttachmentConfig.class,
                FeedConfig.class,
                AdminConfig.class,
                TimeStampConfig.class,
                RevocationConfig.class
            })
    void explainsEveryKeyOf(Class<?> mapping) throws IOException {
        List<String> missing =
                keys(mapping).filter(key -> !explained().contains(key)).toList();
        assertEquals(List.of(), missing);
        assertTrue(keys(mapping).findAny().isPresent());
    }

    @Test
    void explainsNoKeyThatIsNone() {
        TreeSet<String> others = explained();
        Stream.of(
                        ExchangeConfig.class,
                        PlatformKeysConfig.class,
                        TokenConfig.class,
                        JournalConfig.class,
                        AttachmentConfig.class,
                        FeedConfig.class,
                        AdminConfig.class,
                        TimeStampConfig.class,
                        RevocationConfig.class)
                .flatMap(DeploymentDocumentTest::keys)
                .forEach(others::remove);
        assertEquals(new TreeSet<>(), others);
    }

    private static Stream<String> keys(Class<?> mapping) {
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        return Stream.of(mapping.getMethods()).map(Method::getName).map(name -> prefix + "." + kebab(name));
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static TreeSet<String> explained() {
        TreeSet<String> keys = new TreeSet<>();
        try {
            Files.readString(Path.of("deploy", "README.md"))
                    .lines()
                    .flatMap(line -> KEY.matcher(line).results())
                    .map((MatchResult match) -> match.group(1))
                    .forEach(keys::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }
}
