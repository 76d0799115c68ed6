package dev.workerpool.broker.redis;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.AddressRefusal;
import dev.workerpool.broker.dialling.AddressRefused;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Stands at the socket itself: what is asked about is the address that is connected to, whoever named it and whatever its
 * name was resolved to before. What is refused never leaves the machine.
 */
final class GuardedDial extends ChannelOutboundHandlerAdapter {
    private final AddressGuard guard;

    GuardedDial(AddressGuard guard) {
        this.guard = guard;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (!(remote instanceof InetSocketAddress inet) || inet.isUnresolved()) {
            promise.setFailure(new UnknownHostException("not an address of the network"));
            return;
        }
        Optional<AddressRefusal> refusal = guard.refusal(inet.getAddress());
        if (refusal.isPresent()) {
            promise.setFailure(new AddressRefused(refusal.get(), inet.getHostString()));
        } else {
            Unawaited.result(context.connect(remote, local, promise));
        }
    }
}
