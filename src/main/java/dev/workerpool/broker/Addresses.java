package dev.workerpool.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses as bytes, and as people write them. */
final class Addresses {
    private Addresses() {}

    /** @param bytes 4 or 16 of them */
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address has " + bytes.length + " bytes", e);
        }
    }

    /** Without a name or a network interface. */
    static InetAddress plain(InetAddress address) {
        return of(address.getAddress());
    }

    /** As RFC 5952 has it, but that the first run of zeros is left out where another is as long or longer. */
    static String text(InetAddress address) {
        String full = address.getHostAddress().split("%", 2)[0];
        return full.replaceFirst("(?:^|:)(?:0(?::|$)){2,}", "::");
    }
}
