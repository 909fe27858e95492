package org.xietong.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xietong.crypto.Crypto;

/**
 * Runs the verbs of the command line one after another in one process, for scripts that call many: each body is the
 * arguments, ended by NUL; the answer is what the verb printed, under the status 200 + its exit code. Prints its port.
 */
public final class VerbServer {
    private VerbServer() {}

    public static void main(String... arguments) throws IOException {
        Crypto.install();
        PrintStream console = System.out;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", VerbServer::run);
        server.start();
        console.println(server.getAddress().getPort());
    }

    private static void run(HttpExchange exchange) throws IOException {
        String[] arguments = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\0");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int code = Xietong.commandLine().execute(Arrays.copyOf(arguments, arguments.length));
        System.out.flush();
        byte[] out = printed.toByteArray();
        exchange.sendResponseHeaders(200 + code, out.length == 0 ? -1 : out.length);
        exchange.getResponseBody().write(out);
        exchange.close();
    }
}
