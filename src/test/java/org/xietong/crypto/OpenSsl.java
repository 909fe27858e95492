package org.xietong.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The yardstick that nobody here wrote: {@code /usr/bin/openssl}. */
public final class OpenSsl {
    private OpenSsl() {}

    /** Whether openssl, given the certificate in PEM, takes the signature file for the data file. */
    public static boolean verifies(KeyAlgorithm algorithm, Path certificate, Path data, Path signature)
            throws IOException {
        Path key = Files.createTempFile("key", ".pem");
        try {
            Result extracted = run("x509", "-in", certificate.toString(), "-pubkey", "-noout");
            Files.write(key, extracted.output());
            List<String> command = new ArrayList<>(
                    switch (algorithm) {
                        case SM2 -> List.of("dgst", "-sm3", "-sigopt", "distid:1234567812345678");
                        case P256 -> List.of("dgst", "-sha256");
                        case ED25519 -> List.of("pkeyutl", "-verify", "-rawin", "-pubin");
                    });
            if (algorithm == KeyAlgorithm.ED25519) {
                command.addAll(List.of("-inkey", key.toString(), "-sigfile", signature.toString()));
                command.addAll(List.of("-in", data.toString()));
            } else {
                command.addAll(List.of("-verify", key.toString(), "-signature", signature.toString()));
                command.add(data.toString());
            }
            return run(command.toArray(String[]::new)).code() == 0;
        } finally {
            Files.delete(key);
        }
    }

    /** Signs with a PKCS#8 private key in PEM; DER for SM2 and P-256. */
    static byte[] sign(KeyAlgorithm algorithm, Path privateKey, Path data) throws IOException {
        Path signature = Files.createTempFile("signature", ".bin");
        List<String> command = switch (algorithm) {
            case SM2 ->
                List.of(
                        "dgst",
                        "-sm3",
                        "-sigopt",
                        "distid:1234567812345678",
                        "-sign",
                        privateKey.toString(),
                        "-out",
                        signature.toString(),
                        data.toString());
            case P256 ->
                List.of(
                        "dgst",
                        "-sha256",
                        "-sign",
                        privateKey.toString(),
                        "-out",
                        signature.toString(),
                        data.toString());
            case ED25519 ->
                List.of(
                        "pkeyutl",
                        "-sign",
                        "-rawin",
                        "-inkey",
                        privateKey.toString(),
                        "-in",
                        data.toString(),
                        "-out",
                        signature.toString());
        };
        must(command.toArray(String[]::new));
        byte[] bytes = Files.readAllBytes(signature);
        Files.delete(signature);
        return bytes;
    }

    public static byte[] must(String... arguments) throws IOException {
        Result result = run(arguments);
        if (result.code() != 0) {
            throw new IOException("openssl " + String.join(" ", arguments) + ": "
                    + new String(result.output(), StandardCharsets.UTF_8));
        }
        return result.output();
    }

    static Result run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    record Result(int code, byte[] output) {}
}
