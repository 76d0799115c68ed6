package dev.workerpool.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final InetAddress API_SERVER = InetAddress.ofLiteral("10.96.0.1");
    private static final AddressGuard USUAL = guard(List.of(), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | loopback",
                "127.255.255.255 | loopback",
                "::1 | loopback",
                "0.0.0.0 | unspecified",
                "0.1.2.3 | unspecified",
                ":: | unspecified",
                "169.254.0.0 | link-local, where clouds have their metadata",
                "169.254.169.254 | link-local, where clouds have their metadata",
                "169.254.255.255 | link-local, where clouds have their metadata",
                "fe80::1 | link-local",
                "febf::1 | link-local",
                "224.0.0.1 | multicast",
                "239.255.255.255 | multicast",
                "ff02::1 | multicast",
                "255.255.255.255 | broadcast",
                "100.100.100.200 | a metadata service of a cloud",
                "168.63.129.16 | a metadata service of a cloud",
                "192.0.0.192 | a metadata service of a cloud",
                "fd00:ec2::254 | a metadata service of a cloud",
                "fd00:ec2::23 | a metadata service of a cloud",
                "fd20:ce::254 | a metadata service of a cloud",
                "10.96.0.1 | the API server",
            })
    void what_only_the_operator_s_own_place_leads_to_is_refused(String address, String what) {
        assertEquals(Optional.of(what), what(USUAL, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "126.255.255.255",
                "128.0.0.0",
                "1.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "223.255.255.255",
                "240.0.0.1",
                "10.0.0.1",
                "10.96.0.2",
                "172.16.0.1",
                "192.168.0.1",
                "100.64.0.1",
                "203.0.113.9",
                "::2:0:0:0",
                "2001:db8::1",
                "fd00::1",
                "fe7f::1",
                "fec0::1",
                "feff::1",
                "64:ff9b::203.0.113.9",
                "64:ff9b:1:cb00:71:900::",
                "2002:cb00:7109::1",
                "::ffff:203.0.113.9"
            })
    void everything_else_is_connected_to(String address) {
        assertEquals(Optional.empty(), what(USUAL, address));
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:127.0.0.1, loopback",
        "::127.0.0.1, loopback",
        "::ffff:0:169.254.169.254, 'link-local, where clouds have their metadata'",
        "64:ff9b::127.0.0.1, loopback",
        "64:ff9b::a9fe:a9fe, 'link-local, where clouds have their metadata'",
        "64:ff9b::10.96.0.1, the API server",
        "64:ff9b:1::169.254.169.254, 'link-local, where clouds have their metadata'",
        "64:ff9b:1:7f00:0:100::, loopback",
        "2002:7f00:1::1, loopback",
        "2002:a9fe:a9fe::, 'link-local, where clouds have their metadata'",
        "2002:a60:1:1::9, the API server",
        "2001:0:cb00:7109:0:0:80ff:fffe, loopback",
        "2001:db8::5efe:127.0.0.1, loopback",
        "fd00::200:5efe:10.96.0.1, the API server",
    })
    void an_IPv4_address_within_an_IPv6_one_counts_as_itself(String address, String what) {
        assertEquals(Optional.of(what), what(USUAL, address));
    }

    /** Java makes an Inet4Address of it wherever it can; but it need not have been Java who made it. */
    @Test
    void a_mapped_address_that_is_still_one_of_IPv6_counts_as_itself_too() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        AddressRefusal refusal =
                USUAL.refusal(Inet6Address.getByAddress("redis", mapped, 0)).orElseThrow();
        assertEquals("loopback", refusal.what());
    }

    @Test
    void an_interface_s_name_beside_an_address_changes_nothing() throws UnknownHostException {
        InetAddress scoped = Inet6Address.getByAddress(
                "redis", InetAddress.ofLiteral("fe80::1").getAddress(), 1);
        assertEquals(
                "redis is at fe80::1, which is link-local: the operator does not connect there; "
                        + "whoever installed it can allow it by --allow-address fe80::1/128 (in the chart: addresses.allow)",
                USUAL.refusal(scoped).orElseThrow().message("redis"));
    }

    @Test
    void what_is_allowed_is_connected_to_and_its_neighbour_is_not() {
        AddressGuard guard = guard(List.of("127.0.0.2/31", "10.96.0.1", "fe80::/64"), List.of());
        assertEquals(Optional.empty(), what(guard, "127.0.0.2"));
        assertEquals(Optional.empty(), what(guard, "127.0.0.3"));
        assertEquals(Optional.empty(), what(guard, "64:ff9b::127.0.0.3"));
        assertEquals(Optional.empty(), what(guard, "10.96.0.1"));
        assertEquals(Optional.empty(), what(guard, "fe80::1"));
        assertEquals(Optional.of("loopback"), what(guard, "127.0.0.1"));
        assertEquals(Optional.of("loopback"), what(guard, "127.0.0.4"));
        assertEquals(Optional.of("link-local"), what(guard, "fe80:0:0:1::1"));
    }

    @Test
    void whoever_allows_the_way_has_not_allowed_where_it_leads() {
        AddressGuard guard = guard(List.of("64:ff9b::/96"), List.of());
        assertEquals(Optional.of("loopback"), what(guard, "64:ff9b::127.0.0.1"));
    }

    @Test
    void what_is_denied_is_refused_also_where_it_is_allowed() {
        AddressGuard guard = guard(List.of("0.0.0.0/0"), List.of("10.0.0.0/8", "2001:db8::/32"));
        assertEquals(Optional.of("denied by whoever installed it"), what(guard, "10.1.2.3"));
        assertEquals(Optional.of("denied by whoever installed it"), what(guard, "64:ff9b::10.1.2.3"));
        assertEquals(Optional.of("denied by whoever installed it"), what(guard, "2001:db8::1"));
        assertEquals(Optional.empty(), what(guard, "127.0.0.1"));
        assertEquals(Optional.empty(), what(guard, "11.0.0.0"));
    }

    @Test
    void the_message_tells_where_a_name_leads_and_which_option_would_allow_it() {
        assertEquals(
                "redis.shop is at 127.0.0.1, which is loopback: the operator does not connect there; "
                        + "whoever installed it can allow it by --allow-address 127.0.0.1/32 (in the chart: addresses.allow)",
                message(USUAL, "127.0.0.1", "redis.shop"));
        assertEquals(
                "::1, which is loopback: the operator does not connect there; "
                        + "whoever installed it can allow it by --allow-address ::1/128 (in the chart: addresses.allow)",
                message(USUAL, "::1", "::1"));
        assertEquals(
                "redis.shop is at 64:ff9b::a9fe:a9fe, which stands for 169.254.169.254, which is link-local, where clouds have "
                        + "their metadata: the operator does not connect there; whoever installed it can allow it by "
                        + "--allow-address 169.254.169.254/32 (in the chart: addresses.allow)",
                message(USUAL, "64:ff9b::a9fe:a9fe", "redis.shop"));
    }

    @Test
    void the_message_names_the_option_that_denies_it() {
        assertEquals(
                "redis.shop is at 10.1.2.3, which is denied by whoever installed it: the operator does not connect there; "
                        + "the option is --deny-address 10.0.0.0/8 (in the chart: addresses.deny)",
                message(guard(List.of(), List.of("10.0.0.0/8")), "10.1.2.3", "redis.shop"));
    }

    private static AddressGuard guard(List<String> allowed, List<String> denied) {
        AddressRules rules = new AddressRules(
                allowed.stream().map(Cidr::parse).toList(),
                denied.stream().map(Cidr::parse).toList());
        return new AddressGuard(rules, () -> Set.of(API_SERVER));
    }

    private static Optional<String> what(AddressGuard guard, String address) {
        return guard.refusal(InetAddress.ofLiteral(address)).map(AddressRefusal::what);
    }

    private static String message(AddressGuard guard, String address, String host) {
        return guard.refusal(InetAddress.ofLiteral(address)).orElseThrow().message(host);
    }
}
