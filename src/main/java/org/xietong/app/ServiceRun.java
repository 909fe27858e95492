package org.xietong.app;

import io.quarkus.runtime.Quarkus;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One run of the service, from start to end. */
final class ServiceRun {
    private ServiceRun() {}

    /** Blocks until the service ends; a start that fails is told in words. Returns the exit code. */
    static int untilEnd() {
        AtomicInteger code = new AtomicInteger();
        Quarkus.run(null, (exit, failure) -> {
            code.set(failure == null ? exit : Xietong.FAILED);
            if (failure != null) {
                tell(failure);
            }
        });
        return code.get();
    }

    private static void tell(Throwable failure) {
        System.err.println("xietong: 服务未能启动 / the service did not start:");
        messages(failure).forEach(message -> System.err.println("xietong: " + message));
    }

    /** What the failure and its causes say, outermost first, nothing twice. */
    private static Set<String> messages(Throwable failure) {
        Set<String> messages = new LinkedHashSet<>();
        for (@Nullable Throwable t = failure; t != null && messages.size() < 20; t = t.getCause()) {
            String message = t.getMessage() == null ? t.getClass().getName() : t.getMessage();
            if (messages.stream().noneMatch(said -> said.contains(message))) {
                messages.add(message);
            }
        }
        return messages;
    }
}
