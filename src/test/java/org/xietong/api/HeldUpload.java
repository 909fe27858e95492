package org.xietong.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xietong.client.Call;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;

/** An upload that stops before its last bytes: the service has the rest, and waits. */
final class HeldUpload implements AutoCloseable {
    private static final int LAST = 100;

    private final Socket socket;
    private final byte[] bytes;

    private HeldUpload(Socket socket, byte[] bytes) {
        this.socket = socket;
        this.bytes = bytes;
    }

    static HeldUpload begin(City city, Call call, byte[] bytes) {
        PreparedRequest request = call.body(bytes).prepare().withBody(new byte[0]);
        String head = new String(request.toHttp11Bytes("127.0.0.1"), StandardCharsets.ISO_8859_1)
                .replaceFirst("content-length: \\d+\r\n", "content-length: " + bytes.length + "\r\n");
        try {
            Socket socket = new Socket("127.0.0.1", city.base().getPort());
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes, 0, bytes.length - LAST);
            out.flush();
            return new HeldUpload(socket, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last bytes; then the status of the answer. */
    int finish() {
        try {
            socket.getOutputStream().write(Arrays.copyOfRange(bytes, bytes.length - LAST, bytes.length));
            socket.getOutputStream().flush();
            byte[] line = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).substring(9));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without {@link #finish} it breaks off. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
