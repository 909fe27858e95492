package org.xietong.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where attachments' bytes lie, each under the SHA-256 of its content, lower-hex. Which record they belong to is the database's to
 * say: bytes that no row refers to are orphans of a crash, and are removed.
 */
interface AttachmentStore {
    /** Takes over the file. Durable when it returns; the same content again changes nothing. */
    void keep(Path file, String sha256) throws IOException;

    /** @throws java.nio.file.NoSuchFileException where the content is not there */
    InputStream open(String sha256) throws IOException;

    /** The length of the content, or -1 where it is not there. */
    long length(String sha256);

    /** What was last written before then, by its digest. */
    List<String> keptBefore(Instant before) throws IOException;

    void remove(String sha256) throws IOException;
}
