# A Sidekiq app as a user's image has it: it knows nothing of the operator. Sidekiq itself reads REDIS_URL.
# Each job counts itself in the broker's database when its work is done, so that jobs done can be compared with
# jobs sent.
require "sidekiq"

class Nap
  include Sidekiq::Worker
  sidekiq_options retry: false

  def perform(seconds, counter)
    sleep seconds
    Sidekiq.redis { |redis| redis.incr(counter) }
  end
end
