package org.xietong.exchange;

import java.io.IOException;
import java.io.OutputStream;

/** As what a table of exchanges is handed out. */
public enum TableFormat {
    /** RFC 4180, in UTF-8 with a byte order mark, by which office programs know it. */
    CSV("text/csv; charset=utf-8") {
        @Override
        TableWriter open(OutputStream out) throws IOException {
            return new CsvTable(out);
        }
    },
    /** Office Open XML (ISO/IEC 29500); every cell is a text. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
        @Override
        TableWriter open(OutputStream out) {
            return new XlsxTable(out);
        }
    };

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    abstract TableWriter open(OutputStream out) throws IOException;
}
