package dev.workerpool.broker.redis;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.Transports;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Redis by Lettuce. All its probes and sessions share a handful of threads, however many brokers there are. */
public final class RedisBroker implements BrokerClient {
    private static final int THREADS = 2;

    private final EventExecutorGroup executors =
            new DefaultEventExecutorGroup(THREADS, new DefaultThreadFactory("workerpool-redis", true));
    private final ClientResources resources;
    private final Set<RedisSession> sessions = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration breath;
    private final AddressGuard guard;

    /** With the usual breath. */
    public RedisBroker(Clock clock, RandomGenerator random, AddressGuard guard) {
        this(clock, random, Duration.ofMillis(100), guard);
    }

    /**
     * @param breath however fast a queue changes, it is read no more often than this for its changes
     * @param guard asked before each connection, whoever named its address
     */
    public RedisBroker(Clock clock, RandomGenerator random, Duration breath, AddressGuard guard) {
        this(clock, random, breath, guard, DefaultClientResources.DEFAULT_ADDRESS_RESOLVER_GROUP);
    }

    /** @param names who resolves them */
    RedisBroker(
            Clock clock, RandomGenerator random, Duration breath, AddressGuard guard, AddressResolverGroup<?> names) {
        this.clock = clock;
        this.random = random;
        this.breath = breath;
        this.guard = guard;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .eventExecutorGroup(executors)
                .addressResolverGroup(names)
                .socketAddressResolver(Alias.resolver())
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        ChannelHandlerContext lettuce = channel.pipeline().context(CommandHandler.class);
                        channel.pipeline().addBefore(lettuce.name(), "reply-limit", new ReplyLimit());
                        channel.pipeline().addFirst("guarded-dial", new GuardedDial(guard));
                    }
                })
                .build();
        // Lettuce ends the threads whenever its last client closes, while timers of that client still look for them.
        resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
    }

    @Override
    public Probe probe(Connection connection, Duration timeout) {
        return new Prober(resources, connection, timeout, guard).probe();
    }

    @Override
    public Presented present(Connection connection, Duration timeout) {
        return new Prober(resources, connection.asStranger(), timeout, guard).present();
    }

    @Override
    public Session open(Connection connection, Duration pollInterval, Listener listener) {
        Polling polling = new Polling(pollInterval, breath, listener);
        Connector connector = new Connector(resources, connection, polling.patience());
        RedisSession session = new RedisSession(executors.next(), connector, clock, random, polling);
        sessions.add(session);
        Unawaited.result(session.ended().thenRun(() -> sessions.remove(session)));
        session.start();
        return session;
    }

    @Override
    public void close() {
        List<RedisSession> open = List.copyOf(sessions);
        open.forEach(RedisSession::close);
        CompletableFuture.allOf(open.stream().map(RedisSession::ended).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 2, TimeUnit.SECONDS)
                .join();
        // First: Lettuce leaves timers of failed handshakes in them, which would look for the threads below.
        executors.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        resources.shutdown(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
