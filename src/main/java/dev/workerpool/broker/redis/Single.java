package dev.workerpool.broker.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.CompletableFuture;

/** One connection. */
record Single<C extends StatefulConnection<String, String>>(C connection) implements Wire {

    @Override
    public void whenLost(Runnable told) {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> gone) {
                told.run();
            }
        });
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return connection.closeAsync();
    }
}
