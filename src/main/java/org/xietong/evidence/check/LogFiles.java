package org.xietong.evidence.check;

import java.util.List;
import java.util.Optional;

/** Where a log's files lie: a folder, a server. Nothing that comes from it is trusted. */
interface LogFiles {
    /**
     * The file; empty if it is not there.
     *
     * @throws FaultException {@code TOO_LARGE} past so many bytes; {@code UNREADABLE} if it cannot be known
     */
    Optional<byte[]> read(String path, int most) throws FaultException;

    /** Every file that is there, as far as that can be known. */
    List<String> all() throws FaultException;
}
