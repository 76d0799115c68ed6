# A STAND-IN for redis-client (https://github.com/redis-rb/redis-client), for machines that do not have it: only what a
# connection goes through, with the classes, methods and parameters of 0.9 to 0.30. It knows one command.
require "socket"
require "openssl"
require "uri"

class RedisClient
  Error = Class.new(StandardError)
  CannotConnectError = Class.new(Error)

  @definitions = {}
  @drivers = {}

  class << self
    attr_reader :default_driver

    def register_driver(name, &block)
      @definitions[name] = block
    end

    def driver(name)
      return name if name.is_a?(Class)
      @drivers[name.to_sym] ||= @definitions.fetch(name.to_sym).call
    end

    def default_driver=(name)
      @default_driver = driver(name)
    end

    def config(**options)
      Config.new(**options)
    end
  end

  class Config
    module Common
      attr_reader :ssl, :ssl_params, :driver, :timeout

      def initialize(ssl: false, ssl_params: nil, driver: nil, timeout: 1.0, reconnect_attempts: false)
        @ssl = ssl
        @ssl_params = ssl_params
        @driver = driver ? RedisClient.driver(driver) : RedisClient.default_driver
        @timeout = timeout
        @reconnect_attempts = reconnect_attempts
      end

      def ssl_context
        @ssl_context ||= @driver.ssl_context(@ssl_params || {}) if ssl
      end

      def new_client
        RedisClient.new(self)
      end
    end

    include Common

    attr_reader :host, :port, :path

    def initialize(url:, **options)
      uri = URI(url)
      super(ssl: uri.scheme == "rediss", **options)
      @host = uri.host
      @port = uri.port || 6379
      @path = nil
    end
  end

  class RubyConnection
    def self.ssl_context(ssl_params)
      context = OpenSSL::SSL::SSLContext.new
      context.set_params(ssl_params.dup || {})
      context
    end

    def initialize(config, connect_timeout:, read_timeout:, write_timeout:)
      @config = config
      @connect_timeout = connect_timeout
      @timeouts = [read_timeout, write_timeout]
      connect
    end

    def call(word)
      @io.write("*1\r\n$#{word.bytesize}\r\n#{word}\r\n")
      @io.gets.to_s.strip.delete_prefix("+")
    end

    private

    def connect
      socket = Socket.tcp(@config.host, @config.port, connect_timeout: @connect_timeout)
      if @config.ssl
        socket = OpenSSL::SSL::SSLSocket.new(socket, @config.ssl_context)
        socket.hostname = @config.host
        socket.connect
      end
      @io = socket
    rescue SystemCallError, IOError, OpenSSL::SSL::SSLError, SocketError => e
      socket&.close
      raise CannotConnectError, e.message
    end
  end

  register_driver(:ruby) { RubyConnection }
  self.default_driver = :ruby

  def initialize(config)
    @config = config
  end

  def call(word)
    connect.call(word)
  end

  private

  def connect
    limit = @config.timeout
    @config.driver.new(@config, connect_timeout: limit, read_timeout: limit, write_timeout: limit)
  end
end
