package dev.workerpool.broker;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where the operator may connect to for a Broker. Whoever writes a Broker chooses the address, but the operator stands
 * elsewhere in the network than he: so what only the operator's own place gives access to is refused, unless the installer
 * allows it. To be asked about the very address that is dialled, since a name may lead elsewhere the next time.
 */
public final class AddressGuard {
    private final AddressRules rules;
    private final Supplier<Set<InetAddress>> apiServer;

    /** @param apiServer the addresses of the API server, as far as they are known now; must return at once */
    public AddressGuard(AddressRules rules, Supplier<Set<InetAddress>> apiServer) {
        this.rules = rules;
        this.apiServer = apiServer;
    }

    /** Empty where it may be connected to. */
    public Optional<AddressRefusal> refusal(InetAddress dialled) {
        return Stream.concat(Stream.of(dialled), Embedded.in(dialled).stream())
                .map(Addresses::plain)
                .flatMap(meant -> refusal(Addresses.plain(dialled), meant).stream())
                .findFirst();
    }

    private Optional<AddressRefusal> refusal(InetAddress dialled, InetAddress meant) {
        Optional<Cidr> denied = among(rules.denied(), meant);
        if (denied.isPresent()) {
            return Optional.of(new AddressRefusal(
                    dialled,
                    meant,
                    "denied by whoever installed it",
                    "the option is --deny-address " + denied.get() + " (in the chart: addresses.deny)"));
        }
        if (among(rules.allowed(), meant).isPresent()) {
            return Optional.empty();
        }
        return SpecialAddress.what(meant)
                .or(() -> Optional.of("the API server")
                        .filter(any -> apiServer.get().contains(meant)))
                .map(what -> new AddressRefusal(
                        dialled,
                        meant,
                        what,
                        "whoever installed it can allow it by --allow-address " + Cidr.of(meant)
                                + " (in the chart: addresses.allow)"));
    }

    private static Optional<Cidr> among(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().filter(block -> block.contains(address)).findFirst();
    }
}
