package org.xietong.bench;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Processor time spent so far. Beside rates, which other work on the machine disturbs, it tells what a request costs.
 *
 * @param service nanoseconds of the service's process
 * @param database of PostgreSQL's processes that run now
 * @param load of this process, whose one thread is the load
 */
record Cpu(long service, long database, long load) {
    static final Cpu NONE = new Cpu(0, 0, 0);

    static Cpu now(ProcessHandle service, ProcessHandle postmaster) {
        long database = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .mapToLong(Cpu::nanos)
                .sum();
        return new Cpu(nanos(service), database, nanos(ProcessHandle.current()));
    }

    Cpu since(Cpu before) {
        return new Cpu(service - before.service, database - before.database, load - before.load);
    }

    Cpu plus(Cpu other) {
        return new Cpu(service + other.service, database + other.database, load + other.load);
    }

    private static long nanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
}
