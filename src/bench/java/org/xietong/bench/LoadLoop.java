package org.xietong.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop over keep-alive connections on one thread: each connection sends its next request when its last answer
 * is there. Reads of an answer only what it must (status and length), so that the load costs little beside the service.
 */
final class LoadLoop {
    private static final int CONNECTIONS = 32;
    private static final int MAX_ANSWER = 256 * 1024;
    private static final long SILENCE_MILLIS = 20_000;

    private final InetSocketAddress service;

    LoadLoop(InetSocketAddress service) {
        this.service = service;
    }

    /** One connection and the request that it waits for. */
    private static final class Line {
        final SocketChannel channel;
        final ByteBuffer in = ByteBuffer.allocateDirect(MAX_ANSWER);
        ByteBuffer out = ByteBuffer.allocate(0);
        long sent;
        boolean busy;

        Line(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * Runs until the time is over or the requests are used up, and waits for the answers under way.
     *
     * @param requests whole requests in bytes; null when there are no more
     * @throws BenchException on the first answer that is not 2xx
     */
    Measured run(Supplier<byte @Nullable []> requests, Duration time) throws IOException {
        try (Selector selector = Selector.open()) {
            List<Line> lines = connect(selector);
            try {
                return loop(selector, lines, requests, time);
            } finally {
                for (Line line : lines) {
                    line.channel.close();
                }
            }
        }
    }

    private List<Line> connect(Selector selector) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel channel = SocketChannel.open(service);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Line line = new Line(channel);
            channel.register(selector, SelectionKey.OP_READ, line);
            lines.add(line);
        }
        return lines;
    }

    private static Measured loop(
            Selector selector, List<Line> lines, Supplier<byte @Nullable []> requests, Duration time)
            throws IOException {
        Measured.Builder measured = new Measured.Builder();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        int busy = 0;
        for (Line line : lines) {
            busy += send(selector, line, requests) ? 1 : 0;
        }
        while (busy > 0) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                throw new BenchException("服务没有应答", "the service is silent");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Line line = (Line) key.attachment();
                if (key.isWritable()) {
                    flush(selector, line);
                }
                if (key.isReadable() && answered(line)) {
                    long now = System.nanoTime();
                    measured.add(now - line.sent);
                    boolean more = now < end && send(selector, line, requests);
                    busy -= more ? 0 : 1;
                }
            }
            selector.selectedKeys().clear();
        }
        return measured.over(System.nanoTime() - begin);
    }

    private static boolean send(Selector selector, Line line, Supplier<byte @Nullable []> requests)
            throws IOException {
        byte[] request = requests.get();
        line.busy = request != null;
        if (request == null) {
            return false;
        }
        line.out = ByteBuffer.wrap(request);
        line.sent = System.nanoTime();
        flush(selector, line);
        return true;
    }

    private static void flush(Selector selector, Line line) throws IOException {
        line.channel.write(line.out);
        int interest = line.out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        SelectionKey key = line.channel.keyFor(selector);
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    /** Whether the whole answer is there. */
    private static boolean answered(Line line) throws IOException {
        ByteBuffer in = line.in;
        if (line.channel.read(in) < 0 || !line.busy) {
            throw new BenchException("服务断开了连接", "the service closed a connection");
        }
        int head = endOfHead(in);
        if (head < 0 || in.position() < head + length(in, head)) {
            return false;
        }
        if (in.get(9) != '2') {
            throw new BenchException("应答不是 2xx：" + text(in), "an answer is not 2xx");
        }
        in.clear();
        return true;
    }

    private static int endOfHead(ByteBuffer in) {
        for (int i = 3; i < in.position(); i++) {
            if (in.get(i) == '\n' && in.get(i - 2) == '\n' && in.get(i - 1) == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

    private static int length(ByteBuffer in, int head) {
        for (int i = 0; i < head - LENGTH.length; i++) {
            if (in.get(i) == '\n' && isLength(in, i)) {
                int length = 0;
                for (int at = i + LENGTH.length; in.get(at) != '\r'; at++) {
                    length = in.get(at) == ' ' ? length : length * 10 + in.get(at) - '0';
                }
                return length;
            }
        }
        throw new BenchException("应答没有长度", "an answer has no length");
    }

    private static boolean isLength(ByteBuffer in, int from) {
        for (int i = 1; i < LENGTH.length; i++) {
            byte at = in.get(from + i);
            if ((at >= 'A' && at <= 'Z' ? at + 32 : at) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.position(), 4000)];
        in.get(0, bytes);
        return new String(Arrays.copyOf(bytes, bytes.length), StandardCharsets.UTF_8);
    }
}
