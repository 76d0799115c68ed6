package dev.workerpool.testing.kube;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** The loopback ports of one control plane. */
record Ports(Etcd etcd, int apiServer, int controllerManager, int scheduler, int kwok) {

    record Etcd(int client, int peer, int metrics) {}

    static Ports free() {
        return new Ports(new Etcd(next(), next(), next()), next(), next(), next(), next());
    }

    /**
     * Below the range from which the kernel takes the ports of outgoing connections (32768 and up on Linux): one of those could
     * otherwise sit on the API server's port while a test has it stopped.
     */
    private static int next() {
        Random random = new Random();
        for (int i = 0; i < 1000; i++) {
            int port = random.nextInt(15_000, 32_000);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on loopback");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
