package org.xietong.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Tells at once, and in words, that a port is taken. */
final class PortCheck {
    private PortCheck() {}

    static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(
                    "端口 " + port + " 不可用，请用 --port 另选", "port " + port + " is not available; choose another by --port");
        }
    }
}
