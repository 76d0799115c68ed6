# Makes this process verify its broker, whatever the app's own code says. Mounted by the operator at
# /var/run/workerpool/code and loaded before the app (see run.rb). Does nothing where WORKERPOOL_TRUST is not set.
#
# WORKERPOOL_TRUST names a JSON file: the broker's hosts and ports, the certificates to trust, the name to verify, a
# client certificate. To those hosts and ports, redis-rb 4 (Sidekiq 6) and redis-client (Sidekiq 7, redis-rb 5)
# - verify chain and name as that file says, over any ssl_params of the app;
# - refuse to connect without TLS.
# Every other connection, and OpenSSL's own defaults, stay as they are. The certificates are read anew for each
# connection, so that those which the kubelet has renewed since are used.
#
# Requires nothing at first: json and openssl are gems, whose versions are for the app's Bundler to choose.
module WorkerpoolTrust
  # The part of JSON that the file may use, which is all but fractions.
  class Json
    TOKEN = /\G\s*(?:(?<sign>[{}\[\],:])|"(?<text>(?:[^"\\\x00-\x1f]|\\.)*)"|(?<number>-?\d+)|(?<word>true|false|null))/
    WORDS = { "true" => true, "false" => false, "null" => nil }.freeze
    ESCAPED = { "b" => "\b", "f" => "\f", "n" => "\n", "r" => "\r", "t" => "\t" }.freeze

    def self.read(text)
      json = new(text)
      value = json.value
      raise ArgumentError, "it is not JSON" unless json.ended?
      value
    end

    def initialize(text)
      @text = text
      @at = 0
    end

    def ended?
      @text[@at..-1].strip.empty?
    end

    def value
      token = advance
      return unescaped(token[:text]) if token[:text]
      return token[:number].to_i if token[:number]
      return WORDS[token[:word]] if token[:word]

      case token[:sign]
      when "[" then members("]") { value }
      when "{" then members("}") { [value, (expect(":"); value)] }.to_h
      else raise ArgumentError, "it is not JSON"
      end
    end

    private

    def advance
      token = TOKEN.match(@text, @at) or raise ArgumentError, "it is not JSON"
      @at = token.end(0)
      token
    end

    def sign?(sign)
      token = TOKEN.match(@text, @at)
      @at = token.end(0) if token && token[:sign] == sign
    end

    def expect(sign)
      sign?(sign) or raise ArgumentError, "it is not JSON"
    end

    def members(last)
      found = []
      return found if sign?(last)
      loop do
        found << yield
        return found if sign?(last)
        expect(",")
      end
    end

    def unescaped(text)
      text.gsub(/\\(?:u(\h{4})|(.))/) { $1 ? [$1.hex].pack("U") : ESCAPED.fetch($2, $2) }
    end
  end

  CERTIFICATE = /^-----BEGIN CERTIFICATE-----\s[^-]+-----END CERTIFICATE-----/

  # What the file says.
  class Settings
    attr_reader :server_name, :ca, :certificate, :key

    def initialize(json)
      valid?(json.is_a?(Hash) && json["version"] == 1, "its version is not 1")
      @verify = json["verify"]
      valid?(%w[Full CA None].include?(@verify), "verify is none of Full, CA and None")
      @server_name = text(json, "serverName")
      @ca = text(json, "ca")
      valid?(@ca || @verify == "None", "it names no ca")
      @certificate, @key = text(json, "certificate"), text(json, "key")
      valid?(!@certificate == !@key, "certificate and key only go together")
      @endpoints = endpoints(json["endpoints"])
      look_at_files
    end

    def none?
      @verify == "None"
    end

    def names?
      @verify == "Full"
    end

    def names_the_host?
      names? && !@server_name
    end

    def broker?(host, port)
      @endpoints.include?([WorkerpoolTrust.plain_name(host), port.to_i])
    end

    private

    def valid?(so, why)
      raise ArgumentError, why unless so
    end

    def text(json, key)
      value = json[key]
      valid?(value.nil? || (value.is_a?(String) && !value.empty?), "#{key} is no text")
      value
    end

    def endpoints(list)
      valid?(list.is_a?(Array) && !list.empty?, "it names no endpoints")
      list.map do |each|
        whole = each.is_a?(Hash) && text(each, "host") && each["port"].is_a?(Integer)
        valid?(whole, "an endpoint has no host or no port")
        [WorkerpoolTrust.plain_name(each["host"]), each["port"]]
      end
    end

    # Each connection reads them again; a pod whose volumes are wrong should not even begin.
    def look_at_files
      [@ca, @certificate].compact.each do |file|
        valid?(File.binread(file).match?(CERTIFICATE), "#{file} holds no certificate")
      end
      File.binread(@key) if @key
    end
  end

  # OpenSSL calls this for every certificate of the chain in the handshake, before the library sends anything. The
  # library's own check of the name would be of the host that it connects to, and comes after.
  class ServerCheck
    HOSTNAME_MISMATCH = 62 # X509_V_ERR_HOSTNAME_MISMATCH, whose text OpenSSL puts into its error

    attr_reader :name

    def initialize(name, names_count)
      @name = name
      @names_count = names_count
    end

    def call(verified, context)
      return verified unless verified && @names_count && context.error_depth.zero?
      return true if OpenSSL::SSL.verify_certificate_identity(context.current_cert, @name)
      context.error = HOSTNAME_MISMATCH
      false
    end
  end

  # The libraries ask the server for the host's certificate (SNI), and older ones compare the host once more. Only put
  # in where the name to verify is another or none, and only minds sockets whose context has our check.
  module ServerName
    def hostname=(name)
      check = context.verify_callback
      super(check.is_a?(ServerCheck) ? check.name : name)
    end

    def post_connection_check(name)
      context.verify_callback.is_a?(ServerCheck) || super
    end
  end

  # What the app may still say for the broker's connection: its own client certificate, versions and ciphers.
  KEPT = %i[cert key extra_chain_cert min_version max_version ssl_version ciphers].freeze
  PEER = 1 # OpenSSL::SSL::VERIFY_PEER, whose value there are apps that redefine
  PARTIAL_CHAIN = 0x80000 # OpenSSL::X509::V_FLAG_PARTIAL_CHAIN: a server's own certificate is an anchor, too

  class << self
    def start(file)
      # Others do not tell of each class that is loaded.
      raise ArgumentError, "#{RUBY_ENGINE} is not the Ruby that this is for" unless RUBY_ENGINE == "ruby"
      @settings = Settings.new(Json.read(File.read(file, encoding: "UTF-8")))
      watch
    rescue StandardError => e
      $stderr.write("workerpool: not started, since WORKERPOOL_TRUST=#{file} cannot be used: #{e.message}\n")
      exit! 78 # not exit: that could be rescued
    end

    def broker?(host, port)
      @settings.broker?(host, port)
    end

    def plain_name(host)
      host.to_s.downcase.delete_prefix("[").delete_suffix("]").chomp(".")
    end

    def refusal(host, port)
      "workerpool: #{host}:#{port} takes TLS only, a plain connection to it is refused (use rediss://)"
    end

    # There are apps that put methods of their own in the place of the library's.
    def verifies?(context)
      context.verify_callback.is_a?(ServerCheck) && context.verify_mode == verify_mode
    end

    def not_verified(host, port)
      "workerpool: #{host}:#{port} was not verified: this app's own code stands in the place of its library's"
    end

    # Parameters for SSLContext#set_params, which is how both libraries make their contexts.
    def ssl_params(own, host)
      kept = (own || {}).transform_keys(&:to_sym).slice(*KEPT)
      # Without these, a server could do without any certificate.
      kept[:ciphers] = [*kept[:ciphers], "!aNULL", "!eNULL"].join(":") if kept[:ciphers]
      kept.merge(client_certificate).merge(
        verify_mode: verify_mode,
        verify_callback: ServerCheck.new(plain_name(@settings.server_name || host), @settings.names?),
        verify_hostname: false, # ServerCheck does it
        verify_depth: nil, ca_file: nil, ca_path: nil, cert_store: store
      )
    end

    private

    def verify_mode
      @settings.none? ? 0 : PEER
    end

    def store
      OpenSSL::SSL::SSLSocket.prepend(ServerName) unless @settings.names_the_host?
      OpenSSL::X509::Store.new.tap do |store|
        store.flags = PARTIAL_CHAIN
        store.add_file(@settings.ca) if @settings.ca
      end
    end

    def client_certificate
      return {} unless @settings.certificate
      blocks = File.binread(@settings.certificate).scan(CERTIFICATE)
      first, *others = blocks.map { |pem| OpenSSL::X509::Certificate.new(pem) }
      { cert: first, key: OpenSSL::PKey.read(File.binread(@settings.key)), extra_chain_cert: others }
    end

    # The libraries come later, with the app; one that is here already was loaded by the interpreter's own -r.
    def watch
      hook(::Redis::Client) if defined?(::Redis::Client)
      [:Config, :SentinelConfig, :RubyConnection].each do |part|
        hook(::RedisClient.const_get(part)) if defined?(::RedisClient) && ::RedisClient.const_defined?(part)
      end
      TracePoint.new(:end) { |ended| hook(ended.self) }.enable # of a class or module body: rare, and costs nothing else
    end

    NAME = Module.instance_method(:name) # classes may define another
    private_constant :NAME

    def hook(loaded)
      case NAME.bind(loaded).call
      when "Redis::Client"
        loaded.prepend(RedisRb) unless defined?(::RedisClient) && loaded <= ::RedisClient # redis-rb 5
      when "RedisClient::Config", "RedisClient::SentinelConfig"
        loaded.prepend(RedisClientConfig)
      when "RedisClient::RubyConnection"
        loaded.prepend(RedisClientConnection)
      end
    end
  end

  # redis-rb 4: the client chooses the server (Sentinel, a cluster's node), its driver connects.
  module RedisRb
    private

    def establish_connection
      options[:driver].singleton_class.prepend(Driver)
      super
    end

    module Driver
      def connect(config)
        host, port = config[:host], config[:port]
        return super unless WorkerpoolTrust.broker?(host, port)
        unless config[:ssl] || config[:scheme] == "rediss"
          raise ::Redis::CannotConnectError, WorkerpoolTrust.refusal(host, port)
        end
        made = super(config.merge(ssl_params: WorkerpoolTrust.ssl_params(config[:ssl_params], host)))
        socket = made.instance_variable_get(:@sock)
        return made if socket.respond_to?(:context) && WorkerpoolTrust.verifies?(socket.context)
        made.disconnect
        raise ::Redis::CannotConnectError, WorkerpoolTrust.not_verified(host, port)
      end
    end
  end

  # redis-client. Its driver in C cannot check a name, nor take other parameters: the broker gets the one in Ruby.
  module RedisClientConfig
    def driver
      WorkerpoolTrust.broker?(host, port) ? ::RedisClient.driver(:ruby) : super
    end

    def ssl_context
      return super unless ssl && WorkerpoolTrust.broker?(host, port)
      context = ::RedisClient.driver(:ruby).ssl_context(WorkerpoolTrust.ssl_params(ssl_params, host))
      return context if WorkerpoolTrust.verifies?(context)
      raise ::RedisClient::CannotConnectError, WorkerpoolTrust.not_verified(host, port)
    end
  end

  module RedisClientConnection
    def initialize(config, **limits)
      RedisClientConnection.look_at(config)
      super
    end

    def self.look_at(config)
      return if config.ssl || !WorkerpoolTrust.broker?(config.host, config.port)
      raise ::RedisClient::CannotConnectError, WorkerpoolTrust.refusal(config.host, config.port)
    end

    private

    # A connection is made again; behind a Sentinel it may be to another host.
    def connect
      RedisClientConnection.look_at(@config)
      super
    end
  end
end

WorkerpoolTrust.start(ENV["WORKERPOOL_TRUST"]) if ENV.key?("WORKERPOOL_TRUST")
