package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every connection, hears the first thing that is said on it, and never answers. */
public final class Listener implements AutoCloseable {
    private final Door door;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Listener(InetSocketAddress address) {
        this.door = Door.at(address, this::hear);
    }

    /** On a port of its own at one of this machine's addresses. */
    public static Listener at(String address) {
        return at(address, 0);
    }

    public static Listener at(String address, int port) {
        return new Listener(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    public int port() {
        return door.port();
    }

    /** How many have connected. */
    public int accepted() {
        return door.taken();
    }

    /** What each of those said first who have said something. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    private void hear(Socket client) throws IOException {
        Door.firstWords(client).ifPresent(heard::add);
        InputStream more = client.getInputStream();
        more.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() {
        door.close();
    }
}
