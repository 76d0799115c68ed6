package dev.workerpool.worker;

import java.util.Map;

/** redis-rb, as installed here. */
class RedisRbIT extends RubyLibraryContract {
    @Override
    Map<String, String> library() {
        return Map.of();
    }
}
