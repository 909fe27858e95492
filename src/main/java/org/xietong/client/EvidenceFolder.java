package org.xietong.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.xietong.crypto.Pem;

/**
 * Keeps a caller's own evidence, so that he needs nobody's word for what was asked and answered: per exchange the
 * signature bases and signatures, and the certificates of all signers, in the layout of the evidence bundle.
 *
 * <pre>
 * exchanges/&lt;id&gt;/request.sigbase  request.sig  [officer.sigbase  officer.sig]  response.sigbase  response.sig  [entry.json]
 * certificates/&lt;keyid&gt;.pem
 * </pre>
 *
 * <p>P-256 signatures stand in DER, so that {@code openssl} alone checks every file. What is there is never
 * overwritten: a repeated write of the same idempotency key returns the first exchange's id, and its evidence goes to
 * {@code exchanges/<id>-2}, and so on.
 */
public final class EvidenceFolder implements Consumer<SignedAnswer> {
    private final Path exchanges;
    private final Path certificates;

    public EvidenceFolder(Path folder) {
        exchanges = folder.resolve("exchanges");
        certificates = folder.resolve("certificates");
    }

    /** @throws UncheckedIOException if it cannot be written: evidence that is missing unnoticed is worse */
    @Override
    public synchronized void accept(SignedAnswer answer) {
        try {
            Path folder = freshFolder(answer.exchangeId());
            write(folder, "request", answer.request().system());
            if (answer.request().officer().isPresent()) {
                write(folder, "officer", answer.request().officer().get());
            }
            write(folder, "response", answer.response());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the log entry of an exchange, byte for byte as the platform stores it. */
    public synchronized void entry(String exchangeId, byte[] entry) throws IOException {
        Path folder = exchanges.resolve(name(exchangeId));
        Files.createDirectories(folder);
        Files.write(folder.resolve("entry.json"), entry);
    }

    private void write(Path folder, String name, SignatureEvidence signature) throws IOException {
        Files.write(folder.resolve(name + ".sigbase"), signature.base());
        Files.write(folder.resolve(name + ".sig"), signature.foreignValue());
        Path certificate = certificates.resolve(signature.keyId() + ".pem");
        if (!Files.exists(certificate)) {
            Files.createDirectories(certificates);
            Files.writeString(certificate, Pem.ofCertificate(signature.certificate()), StandardCharsets.US_ASCII);
        }
    }

    private Path freshFolder(String exchangeId) throws IOException {
        String name = name(exchangeId);
        Path folder = exchanges.resolve(name);
        for (int i = 2; Files.exists(folder.resolve("request.sig")); i++) {
            folder = exchanges.resolve(name + "-" + i);
        }
        return Files.createDirectories(folder);
    }

    /** The id comes from the network and becomes a path: only a UUID in its one spelling will do. */
    private static String name(String exchangeId) {
        UUID id = UUID.fromString(exchangeId);
        if (!id.toString().equals(exchangeId)) {
            throw new IllegalArgumentException("the exchange id is not a UUID");
        }
        return exchangeId;
    }
}
