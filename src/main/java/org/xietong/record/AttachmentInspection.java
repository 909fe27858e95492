package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Looks at the bytes themselves: what they are decides, not what they are called. Reads a bounded head, and of an OFD a bounded
 * directory; unpacks nothing of any size.
 */
@ApplicationScoped
class AttachmentInspection {
    private static final int HEAD = 64 * 1024;
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    /** @throws ProblemException ATTACHMENT_REFUSED where the bytes are not of the type that was declared */
    void require(Path file, AttachmentType declared) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        String recognised = types.detect(new ByteArrayInputStream(head), new Metadata())
                .getBaseType()
                .toString();
        boolean fits = declared.isInspectedAs(recognised)
                && switch (declared) {
                    // Readers accept a header further down; then the file is also whatever stands before it.
                    case PDF -> Arrays.equals(head, 0, Math.min(head.length, PDF.length), PDF, 0, PDF.length);
                    case OFD -> OfdFile.isOne(file);
                    default -> true;
                };
        if (!fits) {
            throw new ProblemException(
                    ProblemType.ATTACHMENT_REFUSED, new FieldFault("/mediaType", "NOT_WHAT_THE_BYTES_ARE"));
        }
    }
}
