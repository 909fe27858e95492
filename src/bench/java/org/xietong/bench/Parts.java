package org.xietong.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.xietong.crypto.Signer;
import org.xietong.crypto.VerificationKey;

/** The parts that an exchange is made of, each alone. */
final class Parts {
    private static final int CONNECTIONS = 32;
    private static final byte[] KILOBYTE = "x".repeat(1024).getBytes(StandardCharsets.US_ASCII);

    private Parts() {}

    /** Signatures per second on one core. */
    static double signaturesPerSecond(Signer signer, Duration time) throws Exception {
        return perSecond(time, () -> signer.sign(KILOBYTE));
    }

    /** Verifications per second on one core. */
    static double verificationsPerSecond(Signer signer, Duration time) throws Exception {
        VerificationKey key = VerificationKey.of(signer.certificate());
        byte[] signature = signer.sign(KILOBYTE);
        return perSecond(time, () -> {
            if (!key.verify(KILOBYTE, signature)) {
                throw new BenchException("签名不符", "a signature does not verify");
            }
            return signature;
        });
    }

    /** Durable one-row inserts per second over many connections, a commit each. */
    static double insertsPerSecond(DataSource database, byte[] content, Duration time)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Future<Integer>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(threads.submit(() -> inserts(database, content, end)));
            }
        }
        long sum = 0;
        for (Future<Integer> client : clients) {
            sum += client.get();
        }
        return sum * 1e9 / (System.nanoTime() - begin);
    }

    private static int inserts(DataSource database, byte[] content, long end) throws SQLException {
        int count = 0;
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO xietong.bench_row (id, content) VALUES (?, ?)")) {
            while (System.nanoTime() < end) {
                insert.setObject(1, UUID.randomUUID());
                insert.setBytes(2, content);
                insert.executeUpdate();
                count++;
            }
        }
        return count;
    }

    /** Half the time again beforehand, for the compiler. */
    private static double perSecond(Duration time, Callable<?> step) throws Exception {
        counted(time.dividedBy(2), step);
        return counted(time, step);
    }

    private static double counted(Duration time, Callable<?> step) throws Exception {
        long begin = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begin < time.toNanos()) {
            step.call();
            count++;
        }
        return count * 1e9 / (System.nanoTime() - begin);
    }
}
