# Connects, and says in one line what came of it: by redis-rb, or by redis-client where REDIS_CLIENT is set.
if ENV.key?("REDIS_CLIENT")
  begin
    require "redis_client"
  rescue LoadError # not every distribution has it
    require_relative "stand_in/redis_client"
  end
else
  require "redis"
end

def ping(url, options)
  if ENV.key?("REDIS_CLIENT")
    return RedisClient.config(url: url, timeout: 5, reconnect_attempts: 0, **options).new_client.call("PING")
  end
  Redis.new(url: url, timeout: 5, reconnect_attempts: 0, **options).ping
end

def attempt(what, url, **options)
  puts "#{what}: #{ping(url, options) == "PONG" ? "connects" : "no answer"}"
rescue StandardError => e
  puts "#{what}: refused: #{e.message.tr("\n", " ")}"
ensure
  $stdout.flush
end
