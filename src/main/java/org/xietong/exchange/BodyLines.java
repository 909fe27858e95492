package org.xietong.exchange;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The lines of an NDJSON body, one at a time and each within its limit. */
final class BodyLines implements AutoCloseable {
    private final InputStream in;
    private final int longest;
    private boolean ended;

    BodyLines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.longest = longest;
    }

    /** One line. What is too long is read over, so that it stops no other. */
    record Line(byte[] bytes, boolean tooLong) {
        byte[] orRefuse() {
            if (tooLong) {
                throw new ProblemException(ProblemType.BODY_TOO_LARGE);
            }
            return bytes;
        }

        boolean isBlank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return !tooLong;
        }
    }

    boolean ended() {
        return ended;
    }

    /** The next line, empty at the end of a body that ends with a line feed. */
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        while (true) {
            int b = in.read();
            if (b < 0 || b == '\n') {
                ended = b < 0;
                return new Line(tooLong ? new byte[0] : line.toByteArray(), tooLong);
            }
            if (line.size() < longest) {
                line.write(b);
            } else {
                tooLong = true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
