package dev.workerpool.broker.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.DnsResolver;
import io.lettuce.core.resource.SocketAddressResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/**
 * A server under another name than that of its host: it is connected to at its host, asked for that name (SNI) and verified by it.
 * Lettuce has one name for both.
 */
final class Alias extends RedisURI {
    private static final long serialVersionUID = 1L;

    private final String dialled;

    /** Of a URI whose host is the one to connect to. */
    Alias(RedisURI uri, String name) {
        super(uri);
        this.dialled = uri.getHost();
        setHost(name);
    }

    /** Knows where to connect to for any URI. */
    static SocketAddressResolver resolver() {
        return new SocketAddressResolver(DnsResolver.unresolved()) {
            @Override
            public SocketAddress resolve(RedisURI uri) {
                return uri instanceof Alias alias ? alias.address() : super.resolve(uri);
            }
        };
    }

    /** By the address of the one under the name of the other: the name that a handshake is for is taken from it. */
    private InetSocketAddress address() {
        try {
            byte[] address = InetAddress.getByName(dialled).getAddress();
            return new InetSocketAddress(InetAddress.getByAddress(getHost(), address), getPort());
        } catch (UnknownHostException e) {
            // Whoever connects to this will find the same, and say so.
            return InetSocketAddress.createUnresolved(dialled, getPort());
        }
    }
}
