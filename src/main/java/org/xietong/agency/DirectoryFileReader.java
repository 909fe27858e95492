package org.xietong.agency;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a {@link DirectoryFile}, strictly. */
final class DirectoryFileReader {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DirectoryFileReader() {}

    private record Content(
            List<DirectoryFile.AuthorityEntry> authorities,
            List<DirectoryFile.UnitEntry> units,
            List<DirectoryFile.SystemEntry> systems,
            List<DirectoryFile.OfficerEntry> officers,
            List<DirectoryFile.OutsideEntry> outsideRecipients) {}

    static DirectoryFile read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw refused(file.toString(), "不是文件", "is not a file");
        }
        try {
            Content content = YAML.readValue(Files.readString(file), Content.class);
            return new DirectoryFile(
                    folder,
                    content.authorities(),
                    content.units(),
                    content.systems(),
                    content.officers(),
                    content.outsideRecipients());
        } catch (JacksonException e) {
            throw refused(place(e), "字段未知或格式错误", "the field is unknown or not well formed");
        } catch (IOException e) {
            throw refused(file.toString(), "文件无法读取", "cannot be read");
        }
    }

    /** The field, as far as it is known, and the line; never the text there. */
    private static String place(JacksonException e) {
        StringBuilder place = new StringBuilder();
        if (e instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                if (step.getFieldName() == null) {
                    place.append('[').append(step.getIndex()).append(']');
                } else {
                    place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
                }
            }
        }
        JsonLocation location = e.getLocation();
        if (location != null) {
            place.append(" (")
                    .append(location.getLineNr())
                    .append(':')
                    .append(location.getColumnNr())
                    .append(')');
        }
        return place.toString().strip();
    }

    private static DirectoryException refused(String field, String zh, String en) {
        return new DirectoryException(List.of(Faults.line(field, zh, en)));
    }
}
