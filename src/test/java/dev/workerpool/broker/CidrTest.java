package dev.workerpool.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "169.254.0.0/16, 169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0",
        "192.168.4.0/23, 192.168.4.0, 192.168.5.255, 192.168.3.255, 192.168.6.0",
        "10.1.2.3/32, 10.1.2.3, 10.1.2.3, 10.1.2.2, 10.1.2.4",
        "10.1.2.2/31, 10.1.2.2, 10.1.2.3, 10.1.2.1, 10.1.2.4",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 127.255.255.255, 0.0.0.0",
        "fe80::/10, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f:ffff::, fec0::",
        "2001:db8::/33, 2001:db8::, 2001:db8:7fff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::, 2001:db8:8000::",
        "::1/128, ::1, ::1, ::, ::2",
    })
    void a_block_holds_what_is_between_its_edges_and_nothing_beyond(
            String text, String first, String last, String before, String after) {
        Cidr block = Cidr.parse(text);
        assertTrue(block.contains(InetAddress.ofLiteral(first)));
        assertTrue(block.contains(InetAddress.ofLiteral(last)));
        assertFalse(block.contains(InetAddress.ofLiteral(before)));
        assertFalse(block.contains(InetAddress.ofLiteral(after)));
        assertEquals(text, block.toString());
    }

    @Test
    void everything_of_one_kind_is_a_block_too() {
        assertTrue(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("203.0.113.9")));
        assertFalse(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("2001:db8::1")));
        assertTrue(Cidr.parse("::/0").contains(InetAddress.ofLiteral("2001:db8::1")));
        assertFalse(Cidr.parse("::/0").contains(InetAddress.ofLiteral("203.0.113.9")));
    }

    @Test
    void an_address_is_a_block_of_one() {
        assertEquals(Cidr.parse("10.1.2.3/32"), Cidr.parse("10.1.2.3"));
        assertEquals(Cidr.parse("fd00::1/128"), Cidr.of(InetAddress.ofLiteral("fd00::1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "redis.example.com/24",
                "10",
                "10.0.0",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.256/32",
                "0x7f.0.0.1",
                " 10.0.0.0/8",
                "10.0.0.0/8,",
                "fd00:::/8",
                "fd00::/8x",
                "fe80::1%eth0",
                "[::1]",
                "1:2:3:4:5:6:7:8:9"
            })
    void what_is_no_block_is_refused_by_name(String text) {
        String said = assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text))
                .getMessage();
        assertEquals(text + " is neither an address nor a block of addresses, such as 10.0.0.0/8 or fd00::/8", said);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33, 32", "fd00::/129, 128", "fd00::/999, 128", "::ffff:10.0.0.0/104, 32"})
    void a_length_that_no_such_address_has_is_told(String text, int bits) {
        String said = assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text))
                .getMessage();
        assertEquals("%s: the block of an address of %d bits ends in /0 to /%d".formatted(text, bits, bits), said);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8, 10.1.2.3/32",
        "192.168.1.0/23, 192.168.0.0/23, 192.168.1.0/32",
        "fd00::1/8, fd00::/8, fd00::1/128"
    })
    void bits_beyond_the_length_are_a_slip_that_is_answered_with_both_meanings(String text, String block, String one) {
        String said = assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text))
                .getMessage();
        assertEquals(
                "%s: its address has bits beyond its length; write %s, or %s for the one address"
                        .formatted(text, block, one),
                said);
    }
}
