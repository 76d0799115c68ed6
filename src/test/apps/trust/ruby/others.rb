# Connections that are not the broker's, in a process that has one: BROKER PLAIN_CACHE OTHER_TLS_CACHE AUTHORITY'S_FILE
require_relative "attempt"

broker, plain, other, authority = ARGV
attempt("broker", broker)
attempt("plain cache", plain)
attempt("other TLS server", other)
attempt("other TLS server, unverified", other, ssl_params: { verify_mode: OpenSSL::SSL::VERIFY_NONE })
attempt("other TLS server, its authority", other, ssl_params: { ca_file: authority })
attempt("broker without TLS", broker.sub("rediss:", "redis:"))
attempt("broker without TLS, in capitals", broker.sub("rediss:", "redis:").sub("localhost", "LOCALHOST."))
attempt("broker", broker)
