package org.xietong.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The packaged service as a process of its own, so that it can be killed. Only for {@code *IT} classes: the package is
 * made after the unit tests.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts the service with this configuration on a free port, and waits until it is ready.
     *
     * @param configuration goes to it in a file that only its owner can read
     * @param arguments more arguments of {@code serve}
     */
    public static ServiceProcess start(Map<String, String> configuration, String... arguments) {
        return start("/health", configuration, arguments);
    }

    /** The same, waiting until it lives; it may be closed to everybody. */
    public static ServiceProcess startClosed(Map<String, String> configuration) {
        return start("/health/live", configuration);
    }

    private static ServiceProcess start(String sign, Map<String, String> configuration, String... arguments) {
        if (Files.notExists(JAR)) {
            throw new IllegalStateException("there is no package: run mvn verify, not only its tests; " + JAR);
        }
        try {
            int port = freePort();
            Path folder = Files.createDirectories(Path.of("target", "service-processes"));
            Path log = folder.resolve(port + ".log").toAbsolutePath();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    // It lives for a test: quick to start, on a machine that does other work.
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-jar",
                    JAR.toString(),
                    "serve",
                    "--port",
                    Integer.toString(port),
                    "--config",
                    write(folder.resolve(port + ".properties"), configuration).toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.toFile()))
                    .start();
            ServiceProcess service = new ServiceProcess(process, port, log);
            service.awaitReady(sign);
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Runs another verb with the configuration of a service; returns its exit code, and what it printed. */
    public static String verb(Map<String, String> configuration, String... arguments) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "service-processes"));
            Path config = write(folder.resolve("verb-" + UUID.randomUUID() + ".properties"), configuration);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
            command.addAll(List.of(arguments));
            command.addAll(List.of("--config", config.toString()));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor() + " " + said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that the service has said so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: nothing is finished, nothing is flushed. Returns once the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** {@code SIGSTOP}: it does nothing, and its connections stay, until {@link #resume}. */
    public void pause() {
        signal("-STOP");
    }

    /** {@code SIGCONT}: it goes on where it was. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code SIGTERM}: exchanges in flight are finished. Returns once the process is gone. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the service does not end; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady(String sign) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!ready(sign)) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IllegalStateException("the service does not start:\n" + log());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean ready(String sign) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base().resolve(sign))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path write(Path file, Map<String, String> configuration) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Properties properties = new Properties();
        properties.putAll(configuration);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file.toAbsolutePath();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
