package org.xietong.bench;

import java.util.Locale;

/**
 * The figures of one run.
 *
 * @param summary the read again, as an unattended SUMMARY view; in the text only
 * @param heapUsedMb the most of the heap that was seen in use; in the text only
 */
record Report(
        Measured read,
        Measured summary,
        Measured write,
        Measured bareRead,
        Measured bareWrite,
        double signPerCore,
        double verifyPerCore,
        double durableInsert,
        Memory memory) {

    /** Of the service's process, in MiB. */
    record Memory(long heapMaxMb, long heapUsedMb, long rssMb) {}

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"read\":%s,\"write\":%s,\"parts\":{\"sm2SignPerCore\":%.0f,\"sm2VerifyPerCore\":%.0f,"
                        + "\"durableInsert\":%.0f,\"bareReadRps\":%.0f,\"bareWriteRps\":%.0f},"
                        + "\"memory\":{\"heapMaxMb\":%d,\"rssMb\":%d}}%n",
                json(read, bareRead),
                json(write, bareWrite),
                signPerCore,
                verifyPerCore,
                durableInsert,
                bareRead.perSecond(),
                bareWrite.perSecond(),
                memory.heapMaxMb(),
                memory.rssMb());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "裸读 bare read, the same row", bareRead, bareRead);
        line(text, "读 read, FULL", read, bareRead);
        line(text, "读 read, SUMMARY, unattended", summary, bareRead);
        line(text, "裸持久插入 bare durable insert, HTTP", bareWrite, bareWrite);
        line(text, "写 write, POST /v1/clues", write, bareWrite);
        text.append(String.format(
                Locale.ROOT,
                "%nSM2 sign/s per core %,.0f   verify/s per core %,.0f   durable insert/s, 32 JDBC connections %,.0f%n",
                signPerCore,
                verifyPerCore,
                durableInsert));
        text.append(String.format(
                Locale.ROOT,
                "memory of the service: RSS %,d MiB at most; heap %,d of %,d MiB in use at most%n",
                memory.rssMb(),
                memory.heapUsedMb(),
                memory.heapMaxMb()));
        return text.toString();
    }

    private static void line(StringBuilder text, String what, Measured measured, Measured bare) {
        text.append(String.format(
                Locale.ROOT,
                "%,8.0f /s   p50 %6.2f ms   p99 %7.2f ms   × bare %5.3f   CPU µs: service %5.0f database %4.0f load %3.0f   %s%n",
                measured.perSecond(),
                measured.millis(0.5),
                measured.millis(0.99),
                measured.perSecond() / bare.perSecond(),
                measured.micros(Cpu::service),
                measured.micros(Cpu::database),
                measured.micros(Cpu::load),
                what));
    }

    private static String json(Measured measured, Measured bare) {
        return String.format(
                Locale.ROOT,
                "{\"rps\":%.0f,\"p50Ms\":%.2f,\"p99Ms\":%.2f,\"ratioBare\":%.3f}",
                measured.perSecond(),
                measured.millis(0.5),
                measured.millis(0.99),
                measured.perSecond() / bare.perSecond());
    }
}
