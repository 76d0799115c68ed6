package dev.workerpool.broker;

import java.util.List;

/**
 * What the installer says of addresses.
 *
 * @param allowed connected to although they would be refused otherwise; every other address is allowed anyway
 * @param denied never connected to, also where they are allowed
 */
public record AddressRules(List<Cidr> allowed, List<Cidr> denied) {
    /** Nothing: what is refused by default is refused, and nothing else. */
    public static final AddressRules NONE = new AddressRules(List.of(), List.of());

    public AddressRules {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }
}
