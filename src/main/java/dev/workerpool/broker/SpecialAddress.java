package dev.workerpool.broker;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Addresses that lead elsewhere from each machine, or to what clouds give to machines alone: no place for a broker. */
record SpecialAddress(Cidr block, String what) {
    private static final String METADATA = "a metadata service of a cloud";

    private static final List<SpecialAddress> ALL = List.of(
            // The unspecified address is what Linux takes for loopback (RFC 1122, 3.2.1.3).
            of("0.0.0.0/8", "unspecified"),
            of("127.0.0.0/8", "loopback"),
            of("169.254.0.0/16", "link-local, where clouds have their metadata"),
            of("224.0.0.0/4", "multicast"),
            of("255.255.255.255/32", "broadcast"),
            of("::/128", "unspecified"),
            of("::1/128", "loopback"),
            of("fe80::/10", "link-local"),
            of("ff00::/8", "multicast"),
            // AWS (IMDS, EKS Pod Identity and others), Google Cloud, Alibaba Cloud, Azure's wire server, Oracle Cloud
            // Classic.
            of("fd00:ec2::/32", METADATA),
            of("fd20:ce::254/128", METADATA),
            of("100.100.100.200/32", METADATA),
            of("168.63.129.16/32", METADATA),
            of("192.0.0.192/32", METADATA));

    private static SpecialAddress of(String block, String what) {
        return new SpecialAddress(Cidr.parse(block), what);
    }

    /** Empty where it is an address like others. */
    static Optional<String> what(InetAddress address) {
        return ALL.stream()
                .filter(special -> special.block.contains(address))
                .map(SpecialAddress::what)
                .findFirst();
    }
}
