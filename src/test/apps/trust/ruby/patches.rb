# An app that puts methods of its own in the place of a library's, so that nothing is verified: URL
require_relative "attempt"

url, = ARGV

module Unverified
  def set_params(params = {})
    super(params.merge(verify_mode: OpenSSL::SSL::VERIFY_NONE))
  end
end

OpenSSL::SSL::SSLContext.prepend(Unverified)
attempt("parameters", url)

if defined?(RedisClient)
  def (RedisClient::RubyConnection).ssl_context(_params)
    OpenSSL::SSL::SSLContext.new
  end
else
  def (Redis::Connection::SSLSocket).connect(host, port, timeout, _params)
    new(Redis::Connection::TCPSocket.connect(host, port, timeout), OpenSSL::SSL::SSLContext.new).tap(&:connect)
  end
end
attempt("connection", url)
