package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.xietong.app.DemonstrationCity;
import org.xietong.app.FileTrees;
import org.xietong.app.OutsideSeat;

/**
 * A recipient outside the system, in a folder of his own: a shell, openssl, and the script, certificates and roots that the operator gave
 * him when he was registered. He does what {@code docs/guides/outside.md} says, by its commands.
 */
final class OutsideParty implements AutoCloseable {
    private static final String ABLE =
            "openssl version | grep -q '^OpenSSL [3-9]' && openssl ecparam -list_curves | grep -q SM2";

    private final DemonstrationCity city;
    private final Path folder;

    OutsideParty(DemonstrationCity city) {
        this.city = city;
        try {
            folder = Files.createTempDirectory("xietong-outside");
            try (InputStream script =
                    Objects.requireNonNull(OutsideParty.class.getResourceAsStream("/evidence/packet/verify.sh"))) {
                Files.copy(script, folder.resolve("verify.sh"));
            }
            given("platform.pem", "platform-evidence-intl", "platform-evidence-gm");
            given("roots.pem", "root-gm", "root-intl");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A packet that was opened and checked: its cover, its record, and the first file that goes with it, empty where none does. */
    record Opened(JsonNode cover, JsonNode record, byte[] attachment) {}

    private record Ran(int code, String text) {}

    /** Whether this machine's openssl can do it: 3.0 or newer, with SM2. */
    boolean isAble() {
        return run(folder, List.of("sh", "-c", ABLE)).code() == 0;
    }

    /** Opens it with the recipient's key, and checks it; empty where either fails. */
    Optional<Opened> opened(byte[] sealed, OutsideSeat recipient) {
        return opened(
                sealed,
                "-recip",
                city.certificate(recipient.id()).toAbsolutePath().toString(),
                "-inkey",
                city.outsideKey(recipient).toAbsolutePath().toString(),
                "-passin",
                "file:" + city.passwordFile().toAbsolutePath());
    }

    /** The same by a passphrase. */
    Optional<Opened> opened(byte[] sealed, String passphrase) {
        return opened(sealed, "-pwri_password", passphrase);
    }

    private Optional<Opened> opened(byte[] sealed, String... by) {
        try {
            Path place = Files.createTempDirectory(folder, "received");
            Files.write(place.resolve("packet.p7m"), sealed);
            List<String> open = new ArrayList<>(List.of("openssl", "cms", "-decrypt", "-binary", "-inform", "DER"));
            open.addAll(List.of("-in", "packet.p7m", "-out", "packet.zip"));
            open.addAll(List.of(by));
            if (run(place, open).code() != 0) {
                return Optional.empty();
            }
            Path packet = unpacked(place.resolve("packet.zip"), place.resolve("packet"));
            return checks(packet) ? Optional.of(read(packet)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the operator's script: signed by the platform, and no file missing, added or changed. */
    private boolean checks(Path packet) {
        Ran ran = run(
                folder,
                List.of(
                        "sh",
                        "verify.sh",
                        "-p",
                        "platform.pem",
                        "-t",
                        "roots.pem",
                        folder.relativize(packet).toString()));
        return ran.code() == 0 && ran.text().contains("signed by the platform");
    }

    private static Opened read(Path packet) throws IOException {
        JsonNode cover = Cast.json(Files.readString(packet.resolve("packet.json")));
        JsonNode attachment = cover.at("/attachments/0/path");
        return new Opened(
                cover,
                Cast.json(Files.readString(packet.resolve("record.json"))),
                attachment.isMissingNode() ? new byte[0] : Files.readAllBytes(packet.resolve(attachment.asText())));
    }

    private static Path unpacked(Path zip, Path to) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Path target = to.resolve(entry.getName()).normalize();
                if (!target.startsWith(to)) {
                    throw new IOException("a file of the packet leads elsewhere");
                }
                Files.createDirectories(target.getParent());
                try (InputStream content = file.getInputStream(entry)) {
                    Files.copy(content, target);
                }
            }
        }
        return to;
    }

    private void given(String file, String... certificates) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : certificates) {
            all.append(Files.readString(city.certificate(name)));
        }
        Files.writeString(folder.resolve(file), all);
    }

    /** A tool that is not there ends like one that fails. */
    private static Ran run(Path folder, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(process.waitFor(), text);
        } catch (IOException e) {
            return new Ran(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
