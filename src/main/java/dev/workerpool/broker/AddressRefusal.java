package dev.workerpool.broker;

import java.net.InetAddress;

/**
 * Why an address is not connected to.
 *
 * @param dialled the address itself
 * @param meant whom it stands for: itself, or the IPv4 address in it
 * @param what what that is, as "loopback"
 * @param cure what its installer could do
 */
public record AddressRefusal(InetAddress dialled, InetAddress meant, String what, String cure) {

    /**
     * In a sentence for people.
     *
     * @param host the name or the address that was given
     */
    public String message(String host) {
        String address = Addresses.text(dialled);
        boolean isName = !host.replaceAll("[\\[\\]]|%.*", "").equals(address);
        String stands = meant.equals(dialled) ? "" : ", which stands for " + Addresses.text(meant);
        return "%s%s, which is %s: the operator does not connect there; %s"
                .formatted(isName ? host + " is at " + address : address, stands, what, cure);
    }
}
