package dev.workerpool.operator;

import dev.workerpool.tls.Authority;
import java.util.Optional;

/** Where a Broker's authority for client certificates comes from. */
sealed interface Origin {
    /** The operator makes it, where there is to be one. */
    record Made() implements Origin {}

    /** People give it. */
    record Given(Authority authority) implements Origin {}

    /** What people give cannot be used: a condition's reason and message. What is in use stays. */
    record Unusable(String reason, String message) implements Origin {}

    /** @param inUse to which all stays as it is while what people give cannot be used */
    default Optional<Authority> given(Authority inUse) {
        return switch (this) {
            case Made made -> Optional.empty();
            case Given given -> Optional.of(given.authority());
            case Unusable unusable -> Optional.of(inUse);
        };
    }

    /** Whether this very authority was given. */
    default boolean isGiven(Authority authority) {
        return this instanceof Given given && given.authority().sha256().equals(authority.sha256());
    }
}
