package org.xietong.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table as RFC 4180 has it: every cell in quotation marks, lines end in CR LF. */
final class CsvTable implements TableWriter {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private final Writer text;
    private final SequenceWriter rows;

    CsvTable(OutputStream out) throws IOException {
        text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(BYTE_ORDER_MARK);
        rows = MAPPER.writer(CsvSchema.emptySchema().withLineSeparator("\r\n")).writeValues(text);
    }

    @Override
    public void row(List<String> cells) throws IOException {
        rows.write(cells.stream().map(SafeCell::of).toList());
    }

    @Override
    public void close() throws IOException {
        rows.close();
        text.flush();
    }
}
