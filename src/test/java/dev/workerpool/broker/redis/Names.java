package dev.workerpool.broker.redis;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server that says what the test says, and something else the next time. */
final class Names extends AddressResolverGroup<InetSocketAddress> {
    private final Map<String, InetAddress> known = new ConcurrentHashMap<>();

    void lead(String name, String address) {
        known.put(name, InetAddress.ofLiteral(address));
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor).asAddressResolver();
    }

    private final class Resolver extends InetNameResolver {
        Resolver(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> told) throws UnknownHostException {
            told.setSuccess(address(name));
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> told) throws UnknownHostException {
            told.setSuccess(List.of(address(name)));
        }

        private InetAddress address(String name) throws UnknownHostException {
            InetAddress found = known.get(name);
            if (found == null) {
                throw new UnknownHostException(name);
            }
            return InetAddress.getByAddress(name, found.getAddress());
        }
    }
}
