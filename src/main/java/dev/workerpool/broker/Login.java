package dev.workerpool.broker;

import java.util.Optional;

/** User name, where the broker has users, and password. Prints neither. */
public record Login(Optional<String> username, String password) {
    @Override
    public String toString() {
        return "Login[…]";
    }
}
