package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** How many downloads of a system are under way: who asks for many and reads none of them fills neither memory nor files. */
@ApplicationScoped
class OutgoingBytes {
    private final AttachmentConfig config;
    private final ConcurrentHashMap<String, Semaphore> systems = new ConcurrentHashMap<>();

    OutgoingBytes(AttachmentConfig config) {
        this.config = config;
    }

    /** @throws ProblemException RATE_LIMITED where as many go out as may */
    void admit(String system) {
        if (of(system).availablePermits() == 0) {
            throw new ProblemException(ProblemType.RATE_LIMITED);
        }
    }

    /**
     * The stream, one of the system's until it is closed.
     *
     * @throws IOException where others came first since {@link #admit}
     */
    InputStream hold(String system, InputStream in) throws IOException {
        Semaphore place = of(system);
        if (!place.tryAcquire()) {
            in.close();
            throw new IOException("too many downloads at once");
        }
        return new FilterInputStream(in) {
            private boolean left;

            @Override
            public void close() throws IOException {
                if (!left) {
                    left = true;
                    place.release();
                }
                super.close();
            }
        };
    }

    private Semaphore of(String system) {
        return systems.computeIfAbsent(system, s -> new Semaphore(config.outAtOncePerSystem()));
    }
}
