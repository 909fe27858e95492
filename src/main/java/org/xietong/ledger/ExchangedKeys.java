package org.xietong.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.xietong.crypto.Reloading;

/**
 * Tells the operator what became of key files that he exchanged while the service runs: in the log once, and for as long as they
 * cannot be used, by metric and health. Thread-safe; each kind has one thread that looks.
 */
@Singleton
public class ExchangedKeys {
    private static final Logger LOG = Logger.getLogger(ExchangedKeys.class);

    private final Map<Kind, String> refused = new ConcurrentHashMap<>();

    /** Whose keys. */
    public enum Kind {
        PLATFORM("平台密钥", "the platform's keys"),
        WITNESSES("见证人公钥", "the witnesses' keys"),
        TIME_AUTHORITIES("时间戳机构的证书或密钥", "the time-stamp authorities' certificates or keys");

        private final String zh;
        private final String en;

        Kind(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }
    }

    @Inject
    public ExchangedKeys(MeterRegistry metrics) {
        Gauges.register(metrics, "xietong.keys.refused", null, this, keys -> keys.refused.size());
    }

    /**
     * Looks whether the files were exchanged.
     *
     * @return whether others are in use now
     */
    public boolean look(Kind kind, Reloading<?> files) {
        return switch (files.look()) {
            case SAME -> false;
            case EXCHANGED -> {
                refused.remove(kind);
                LOG.infof("%s已更换 / %s were exchanged", kind.zh, kind.en);
                yield true;
            }
            case REFUSED -> {
                refuse(kind, files.refusal().orElse(""));
                yield false;
            }
        };
    }

    /** That what lies there is not in use, or not wholly; until the next exchange. */
    void refuse(Kind kind, String why) {
        if (!why.equals(refused.put(kind, why))) {
            LOG.errorf("%s未更换，沿用原有的 / %s stay as they are: %s", kind.zh, kind.en, why);
        }
    }

    /** Whose files cannot be used. */
    Set<Kind> refused() {
        return Set.copyOf(refused.keySet());
    }
}
