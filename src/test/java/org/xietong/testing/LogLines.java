package org.xietong.testing;

import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What this JVM's server log says while a test runs: messages, parameters and exceptions. */
public final class LogLines extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private LogLines() {
        setLevel(Level.ALL);
    }

    public static LogLines capture() {
        LogLines lines = new LogLines();
        Logger.getLogger("").addHandler(lines);
        return lines;
    }

    /** In any spelling that {@link Stored#forms} knows. */
    public boolean contains(String text) {
        return lines.stream().anyMatch(line -> Stored.forms(text).stream().anyMatch(line::contains));
    }

    @Override
    public void publish(LogRecord record) {
        StringBuilder line = new StringBuilder();
        line.append(record instanceof ExtLogRecord ext ? ext.getFormattedMessage() : record.getMessage());
        for (Throwable at = record.getThrown(); at != null; at = at.getCause()) {
            line.append(' ').append(at);
        }
        lines.add(line.toString().toLowerCase(Locale.ROOT));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
