package dev.workerpool.worker;

import java.util.Map;

/** redis-client, of Sidekiq 7 and later; where it is not installed, the stand-in of {@code src/test/apps/trust/ruby}. */
class RedisClientIT extends RubyLibraryContract {
    @Override
    Map<String, String> library() {
        return Map.of("REDIS_CLIENT", "1");
    }
}
