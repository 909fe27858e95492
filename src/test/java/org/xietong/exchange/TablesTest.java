package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Whatever a cell says, an office program takes it for a text, in one cell, and nothing of it is lost. */
class TablesTest {
    private static final String BEGINNINGS = "=+-@＝＋－＠";

    @Property(tries = 400)
    void aCsvOfAnythingReadsBackAsTextsThatBeginNoFormula(@ForAll("rows") List<List<String>> rows) throws IOException {
        List<List<String>> read = csv(new String(written(TableFormat.CSV, rows), StandardCharsets.UTF_8));
        requireSame(rows, read);
    }

    @Property(tries = 100)
    void aWorkbookOfAnythingHoldsTextsAndNoFormula(@ForAll("rows") List<List<String>> rows) throws Exception {
        Map<String, byte[]> files = unzip(written(TableFormat.XLSX, rows));
        Document sheet = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(files.getOrDefault("xl/worksheets/sheet1.xml", new byte[0])));
        assertEquals(0, sheet.getElementsByTagName("f").getLength());
        assertEquals(0, sheet.getElementsByTagName("hyperlink").getLength());
        List<List<String>> read = new ArrayList<>();
        NodeList lines = sheet.getElementsByTagName("row");
        for (int i = 0; i < lines.getLength(); i++) {
            NodeList cells = ((org.w3c.dom.Element) lines.item(i)).getElementsByTagName("c");
            List<String> line = new ArrayList<>();
            for (int j = 0; j < cells.getLength(); j++) {
                org.w3c.dom.Element cell = (org.w3c.dom.Element) cells.item(j);
                assertEquals("inlineStr", cell.getAttribute("t"));
                line.add(cell.getTextContent());
            }
            read.add(line);
        }
        requireSame(normal(rows), normal(read));
    }

    @Example
    void whatBeginsLikeAFormulaGetsAnApostrophe() {
        for (String evil : List.of(
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "＝1",
                "＋1",
                "－1",
                "＠1",
                " =1",
                "\u00A0=1",
                "\u3000=1",
                "\uFEFF=1",
                "\u200B=1",
                "\u202E=1",
                "\tx")) {
            assertEquals("'" + evil, SafeCell.of(evil), evil);
        }
        for (String plain : List.of("", "a=1", "MSA-421200", "咸市监移〔2023〕1号", "1+1", "'=1", "  x")) {
            assertEquals(plain, SafeCell.of(plain));
        }
    }

    @Example
    void whatNoCellCanHoldIsReplacedOrCut() {
        assertEquals("a\uFFFDb\uFFFD", SafeCell.of("a\u0000b\uD800"));
        String long16 = SafeCell.of("x".repeat(SafeCell.LONGEST - 1) + "𠮷");
        assertEquals(SafeCell.LONGEST - 1, long16.length());
    }

    @Example
    void aCsvBeginsWithTheMarkByWhichOfficeProgramsKnowUtf8() throws IOException {
        byte[] bytes = written(TableFormat.CSV, List.of(List.of("交换", "a\"b"), List.of("x,y", "")));
        assertEquals("\uFEFF\"交换\",\"a\"\"b\"\r\n\"x,y\",\"\"\r\n", new String(bytes, StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        Arbitrary<String> wild = Arbitraries.strings()
                .withChars("=+-@＝＋－＠\t\r\n\",;'| \u00A0\u3000\u200B\u0000\u0007\uD842a1协𠮷<>&]{}%")
                .ofMaxLength(12);
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(12);
        return Arbitraries.oneOf(wild, any).list().ofSize(3).list().ofMinSize(1).ofMaxSize(6);
    }

    private static void requireSame(List<List<String>> given, List<List<String>> read) {
        assertEquals(given.size(), read.size());
        for (int i = 0; i < given.size(); i++) {
            assertEquals(given.get(i).size(), read.get(i).size(), "cells of a row");
            for (int j = 0; j < given.get(i).size(); j++) {
                String cell = read.get(i).get(j);
                String stripped = cell.codePoints()
                        .dropWhile(c -> Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.getType(c) == Character.FORMAT)
                        .limit(1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                assertFalse(!stripped.isEmpty() && BEGINNINGS.contains(stripped), "begins a formula: " + cell);
                assertFalse(
                        !cell.isEmpty() && Character.isISOControl(cell.charAt(0)), "begins with a control character");
                String told = given.get(i).get(j);
                assertTrue(
                        storable(told).equals(cell) || ("'" + storable(told)).equals(cell), "said otherwise: " + cell);
            }
        }
    }

    /** XML reads CR LF and CR as LF. */
    private static List<List<String>> normal(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream()
                        .map(cell -> cell.replace("\r\n", "\n").replace('\r', '\n'))
                        .toList())
                .toList();
    }

    private static String storable(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c) || c > 0xFFFD || (c < ' ' && "\t\r\n".indexOf(c) < 0)) {
                out.append('\uFFFD');
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static byte[] written(TableFormat format, List<List<String>> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableWriter table = format.open(out, "交换 Exchanges")) {
            for (List<String> row : rows) {
                table.row(row);
            }
        }
        return out.toByteArray();
    }

    /** RFC 4180, word for word; shares no code with the writer. */
    private static List<List<String>> csv(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        int at = text.charAt(0) == '\uFEFF' ? 1 : 0;
        while (at < text.length()) {
            assertEquals('"', text.charAt(at), "every cell is in quotation marks");
            StringBuilder cell = new StringBuilder();
            for (at++; ; at++) {
                if (text.charAt(at) != '"') {
                    cell.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    cell.append(text.charAt(at++));
                } else {
                    break;
                }
            }
            row.add(cell.toString());
            at++;
            if (text.charAt(at) == ',') {
                at++;
            } else {
                assertEquals("\r\n", text.substring(at, at + 2));
                at += 2;
                rows.add(row);
                row = new ArrayList<>();
            }
        }
        assertTrue(row.isEmpty());
        return rows;
    }

    /** As office programs do, by the directory at its end. */
    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("table", ".xlsx");
        Map<String, byte[]> files = new HashMap<>();
        try {
            Files.write(file, bytes);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        } finally {
            Files.delete(file);
        }
        return files;
    }
}
