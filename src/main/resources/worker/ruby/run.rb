# Mounted by the operator at /var/run/workerpool/code; started as
#
#     ruby /var/run/workerpool/code/run.rb WORDS OF THE IMAGE'S OWN COMMAND...
#
# It loads workerpool_trust.rb into the command and into each Ruby process that this one starts, and then becomes the
# command: same process id, signals and exit status. RUBYOPT is extended here, at run time, since a variable of the pod
# would replace the one that the image sets.

# Not __dir__: that follows the links of the mounted folder into one that the next change of the code removes.
trust = File.join(File.dirname(File.expand_path(__FILE__)), "workerpool_trust.rb")
require trust # a broken trust file ends it here, before the command is even looked for

command, *arguments = ARGV
if command.nil?
  warn "workerpool: run.rb needs the words of a command"
  exit! 64
end

# Sidekiq takes its broker's URL from what REDIS_PROVIDER names. An app's own configuration may name REDIS_URL instead: in a pool's worker
# that is the broker's too, unless the image or the pod has set it to something of the app's, such as a cache.
other = ENV["WORKERPOOL_URL_DEFAULT_FOR"]
ENV[other] = ENV["WORKERPOOL_BROKER_URL"] if other && !ENV.key?(other)

ENV["RUBYOPT"] = ["-r#{trust}", ENV["RUBYOPT"]].compact.join(" ")
# Ruby loads what its own -r names before what RUBYOPT names: an app loaded so would come first.
arguments.unshift("-r#{trust}") if File.basename(command).match?(/\Aruby[\d.]*\z/)

begin
  exec([command, command], *arguments) # the pair keeps a shell from reading it
rescue Errno::ENOENT, Errno::ENOTDIR
  warn "workerpool: #{command}: not found"
  exit! 127
rescue SystemCallError => e
  warn "workerpool: #{command}: #{e.message}"
  exit! 126
end
