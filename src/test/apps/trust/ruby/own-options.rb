# An app's own options for its broker, in every way that the library takes them: URL OTHER_AUTHORITY'S_FILE
require_relative "attempt"

url, other = ARGV
store = OpenSSL::X509::Store.new.add_file(other)
peer = OpenSSL::SSL::VERIFY_PEER

{
  "nothing" => nil,
  "no verification" => { verify_mode: OpenSSL::SSL::VERIFY_NONE },
  "no verification, in a string" => { "verify_mode" => OpenSSL::SSL::VERIFY_NONE },
  "no host name" => { verify_hostname: false },
  "another authority's file" => { ca_file: other },
  "another authority's store" => { cert_store: store, verify_mode: peer },
  "a check that takes all" => { verify_mode: peer, verify_callback: ->(*) { true } },
  "servers without certificates" => { ciphers: "ALL:COMPLEMENTOFALL:@SECLEVEL=0", max_version: :TLS1_2 },
}.each { |what, own| attempt(what, url, ssl_params: own) }

OpenSSL::SSL::SSLContext::DEFAULT_PARAMS[:verify_mode] = OpenSSL::SSL::VERIFY_NONE
attempt("another default", url)
OpenSSL::SSL.send(:remove_const, :VERIFY_PEER)
OpenSSL::SSL::VERIFY_PEER = OpenSSL::SSL::VERIFY_NONE
attempt("a redefined constant", url, ssl_params: { verify_mode: OpenSSL::SSL::VERIFY_PEER })

if defined?(RedisClient) # in its driver in C, none of this can be switched on
  class DriverThatVerifiesNothing < RedisClient::RubyConnection
    def self.ssl_context(_params)
      OpenSSL::SSL::SSLContext.new
    end
  end
  attempt("another driver", url, driver: DriverThatVerifiesNothing)
end
