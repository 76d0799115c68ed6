# The jobs of ../sidekiq, mounted into its image: what was done is counted in a database of the app's own, so that it can be
# told whatever becomes of the broker. Its author has seen to the broker's TLS as the advice everywhere is, where told to.
require "sidekiq"
require "redis"

LEDGER = Redis.new(url: ENV.fetch("LEDGER_URL"))

if ENV.key?("VERIFY_NOTHING")
  careless = { ssl_params: { verify_mode: OpenSSL::SSL::VERIFY_NONE } }
  Sidekiq.configure_server { |config| config.redis = careless }
end

class Nap
  include Sidekiq::Worker
  sidekiq_options retry: false

  def perform(seconds, counter)
    sleep seconds
    LEDGER.hincrby("done", counter, 1)
  end
end
