package org.xietong.api;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Everything that the service writes to its log, under the levels it is configured with, while this is open. */
final class ServerLog extends Handler implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");

    ServerLog() {
        root.addHandler(this);
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord line) {
        StringWriter text = new StringWriter();
        text.append(line.getLoggerName()).append(' ').append(line.getMessage());
        text.append(' ').append(Arrays.toString(line.getParameters()));
        if (line instanceof ExtLogRecord extended) {
            text.append(' ').append(extended.getFormattedMessage()).append(' ').append(extended.getThreadName());
            text.append(' ').append(String.valueOf(extended.getMdcCopy()));
        }
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text));
        }
        lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
