package org.xietong.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a closed loop measured.
 *
 * @param nanos time from sending each request to its whole answer, sorted
 * @param elapsed nanoseconds from the first request to the last answer
 * @param cpu processor time spent meanwhile
 */
record Measured(long[] nanos, long elapsed, Cpu cpu) {
    private static final double PER_SECOND = 1e9;

    double perSecond() {
        return nanos.length * PER_SECOND / elapsed;
    }

    /** The latency that this share of the requests kept, in milliseconds. */
    double millis(double share) {
        return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1L, (long) (share * nanos.length))] / 1e6;
    }

    /** With the processor time that it took. */
    Measured costing(Cpu spent) {
        return new Measured(nanos, elapsed, spent);
    }

    /** Microseconds of processor time that each request took. */
    double micros(ToLongFunction<Cpu> whose) {
        return nanos.length == 0 ? 0 : whose.applyAsLong(cpu) / 1e3 / nanos.length;
    }

    /** Several rounds as one. */
    static Measured together(List<Measured> rounds) {
        Builder all = new Builder();
        rounds.forEach(round -> Arrays.stream(round.nanos).forEach(all::add));
        return all.over(rounds.stream().mapToLong(Measured::elapsed).sum())
                .costing(rounds.stream().map(Measured::cpu).reduce(Cpu.NONE, Cpu::plus));
    }

    /** Collects the times of answers. */
    static final class Builder {
        private long[] nanos = new long[1 << 16];
        private int count;

        void add(long took) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = took;
        }

        Measured over(long elapsed) {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return new Measured(sorted, elapsed, Cpu.NONE);
        }
    }
}
