# Sends jobs through Sidekiq's own client: one JSON order a line on stdin, one JSON receipt a line on stdout.
require "json"
require_relative "app"

def send_jobs(order)
  first = Time.now.to_f
  nap = (order["retried"] ? NapAtSecondTry : Nap).set(queue: order["queue"])
  order["count"].times do
    if order["countdown"] > 0
      nap.perform_in(order["countdown"], order["seconds"], order["counter"])
    else
      nap.perform_async(order["seconds"], order["counter"])
    end
  end
  { count: order["count"], first: first, last: Time.now.to_f }
end

$stdin.each_line do |line|
  receipt =
    begin
      send_jobs(JSON.parse(line))
    rescue StandardError => e # the caller decides what a refused connection means
      { error: "#{e.class}: #{e.message}" }
    end
  $stdout.puts(JSON.generate(receipt))
  $stdout.flush
end
