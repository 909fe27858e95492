package org.xietong.exchange;

import java.io.IOException;
import java.io.OutputStream;

/** As what a table is handed out. */
public enum TableFormat {
    /** RFC 4180, in UTF-8 with a byte order mark, by which office programs know it. */
    CSV("text/csv; charset=utf-8") {
        @Override
        TableWriter open(OutputStream out, String name) throws IOException {
            return new CsvTable(out);
        }
    },
    /** Office Open XML (ISO/IEC 29500); every cell is a text. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
        @Override
        TableWriter open(OutputStream out, String name) {
            return new XlsxTable(out, name);
        }
    };

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** @param name of the sheet, where there are sheets */
    abstract TableWriter open(OutputStream out, String name) throws IOException;
}
