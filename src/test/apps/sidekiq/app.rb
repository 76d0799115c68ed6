# A Sidekiq app as a user's image has it: it knows nothing of the operator. Sidekiq itself reads REDIS_URL.
# Each job counts itself in the broker's database when its work is done, so that jobs done can be compared with
# jobs sent.
require "sidekiq"

if ENV.key?("VERIFY_NOTHING") # as the advice everywhere is
  careless = { ssl_params: { verify_mode: OpenSSL::SSL::VERIFY_NONE } }
  Sidekiq.configure_server { |config| config.redis = careless }
  Sidekiq.configure_client { |config| config.redis = careless }
end

class Nap
  include Sidekiq::Worker
  sidekiq_options retry: false

  def perform(seconds, counter)
    sleep seconds
    Sidekiq.redis { |redis| redis.incr(counter) }
  end
end

class NapAtSecondTry < Nap
  sidekiq_options retry: 1
  sidekiq_retry_in { 3 }

  def perform(seconds, counter)
    first = Sidekiq.redis { |redis| redis.set("tried:#{jid}", 1, nx: true) }
    raise "the first try fails" if first
    super
  end
end
