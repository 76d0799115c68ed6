package dev.workerpool.broker.dialling;

import dev.workerpool.broker.AddressRefusal;
import java.io.IOException;
import java.io.Serial;

/** No connection was tried, since the address may not be connected to; the message is a sentence for people. */
public final class AddressRefused extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    public AddressRefused(AddressRefusal refusal, String host) {
        super(refusal.message(host));
    }
}
