package dev.workerpool.broker;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses, such as 10.0.0.0/8 or fd00::/8; a single address is a block of one.
 *
 * @param first its lowest address
 * @param length how many leading bits its addresses have in common
 */
public record Cidr(InetAddress first, int length) {
    private static final Pattern SHAPE =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

    public Cidr {
        if (length < 0 || length > first.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no address has " + length + " bits in front");
        }
    }

    /**
     * The block that is written so.
     *
     * @throws IllegalArgumentException with a sentence for people, where it is none
     */
    public static Cidr parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw malformed(text);
        }
        InetAddress address = literal(text, shape.group(1));
        int bits = address.getAddress().length * Byte.SIZE;
        int length = shape.group(2) == null ? bits : Integer.parseInt(shape.group(2));
        if (length > bits) {
            throw new IllegalArgumentException(
                    "%s: the block of an address of %d bits ends in /0 to /%d".formatted(text, bits, bits));
        }
        Cidr block = new Cidr(Addresses.of(masked(address.getAddress(), length)), length);
        if (!block.first.equals(address)) {
            throw new IllegalArgumentException(
                    "%s: its address has bits beyond its length; write %s, or %s for the one address"
                            .formatted(text, block, new Cidr(address, bits)));
        }
        return block;
    }

    /** The block of this address alone. */
    public static Cidr of(InetAddress address) {
        return new Cidr(Addresses.plain(address), address.getAddress().length * Byte.SIZE);
    }

    /** An IPv4 address is in no block of IPv6, and the other way round. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == first.getAddress().length && Arrays.equals(masked(bytes, length), first.getAddress());
    }

    @Override
    public String toString() {
        return Addresses.text(first) + "/" + length;
    }

    private static InetAddress literal(String text, String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "%s is neither an address nor a block of addresses, such as 10.0.0.0/8 or fd00::/8".formatted(text));
    }

    private static byte[] masked(byte[] bytes, int length) {
        byte[] kept = bytes.clone();
        for (int bit = length; bit < kept.length * Byte.SIZE; bit++) {
            kept[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return kept;
    }
}
