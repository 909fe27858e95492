package org.xietong.exchange;

import java.io.IOException;
import java.util.List;

/** A table that is written row by row; finished, and not the stream below it, by {@link #close}. Cells are made safe on the way. */
interface TableWriter extends AutoCloseable {
    void row(List<String> cells) throws IOException;

    @Override
    void close() throws IOException;
}
