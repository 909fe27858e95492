package org.xietong.ledger;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.xietong.crypto.ImprintHash;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampRequest;
import org.xietong.crypto.TimeStampToken;
import org.xietong.evidence.TreeHash;

/**
 * Somebody who is asked for the time, and is believed where his certificates lead to a trusted one.
 *
 * @param name for the operator, and beside the token
 * @param sm3 whether he takes imprints of SM3
 */
record TimeAuthority(String name, List<X509Certificate> trusted, boolean sm3, Road road) {
    /** How a request (RFC 3161, DER) comes to him, and his answer back. */
    interface Road {
        byte[] ask(byte[] request) throws IOException, InterruptedException;
    }

    /** Has the note stamped: one request, with an imprint of the tree's own hash where he takes it. */
    TimeStampToken stamp(byte[] note, TreeHash tree) throws IOException, TimeStampException, InterruptedException {
        ImprintHash hash = tree == TreeHash.SM3 && sm3 ? ImprintHash.SM3 : ImprintHash.SHA_256;
        TimeStampRequest request = TimeStampRequest.over(note, hash);
        return request.accept(road.ask(request.der()), trusted);
    }
}
