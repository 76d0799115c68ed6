# A broker whose authority is put in the place of the former while the app runs: URL FILE NEW_FILE
require "fileutils"
require_relative "attempt"

url, file, renewed = ARGV
attempt("before", url)
FileUtils.cp(renewed, file)
attempt("after", url)
File.write(file, "nothing")
attempt("without any", url)
