package dev.workerpool.broker;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** IPv4 addresses that IPv6 addresses stand for: what is sent to these may arrive at those. */
final class Embedded {
    private static final int LAST = 12;

    /** Where the last four bytes are an IPv4 address. */
    private static final List<Cidr> ENDING = List.of(
            // Compatible and mapped (RFC 4291), translated (RFC 2765).
            Cidr.parse("::/80"),
            Cidr.parse("::ffff:0:0:0/96"),
            // NAT64 (RFC 6052).
            Cidr.parse("64:ff9b::/96"));

    /** For networks of one's own (RFC 8215), which choose how long their prefix is. */
    private static final Cidr NAT64_OF_ONES_OWN = Cidr.parse("64:ff9b:1::/48");

    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
    private static final Cidr TEREDO = Cidr.parse("2001::/32");

    private Embedded() {}

    /** None in an IPv4 address. */
    static List<InetAddress> in(InetAddress address) {
        byte[] bytes = address.getAddress();
        List<InetAddress> found = new ArrayList<>();
        if (ENDING.stream().anyMatch(block -> block.contains(address)) || isIsatap(bytes)) {
            found.add(at(bytes, LAST, LAST + 1, LAST + 2, LAST + 3));
        }
        if (NAT64_OF_ONES_OWN.contains(address)) {
            // By a prefix of 96 bits, or of 48: then byte 8 is left free, and zeros follow (RFC 6052, 2.2).
            found.add(endsInZeros(bytes) ? at(bytes, 6, 7, 9, 10) : at(bytes, LAST, LAST + 1, LAST + 2, LAST + 3));
        }
        if (SIX_TO_FOUR.contains(address)) {
            found.add(at(bytes, 2, 3, 4, 5));
        }
        if (TEREDO.contains(address)) {
            found.add(Addresses.of(inverted(Arrays.copyOfRange(bytes, LAST, bytes.length))));
        }
        return found;
    }

    private static boolean endsInZeros(byte[] bytes) {
        return bytes[LAST] == 0 && bytes[LAST + 1] == 0 && bytes[LAST + 2] == 0 && bytes[LAST + 3] == 0;
    }

    /** RFC 5214: an interface's number that begins with 0000:5efe or 0200:5efe. */
    private static boolean isIsatap(byte[] bytes) {
        return bytes.length == 16
                && (bytes[8] & 0xfd) == 0
                && bytes[9] == 0
                && bytes[10] == 0x5e
                && bytes[11] == (byte) 0xfe;
    }

    private static InetAddress at(byte[] bytes, int first, int second, int third, int fourth) {
        return Addresses.of(new byte[] {bytes[first], bytes[second], bytes[third], bytes[fourth]});
    }

    /** As Teredo (RFC 4380) hides the address of a client. */
    private static byte[] inverted(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return bytes;
    }
}
