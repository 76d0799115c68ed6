#!/bin/sh
# What the image holds besides the application: a Java runtime of just the modules it uses, and the C library that
# this runtime was linked to. No shell, no package manager.
#   root.sh JDK_HOME TARGET_FOLDER
set -eu
jdk=$1
root=$2
# java.desktop and java.sql are named by libraries that do without them where they are missing.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.sasl,java.xml,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported

rm -rf "$root"
mkdir -p "$root/tmp" "$root/etc"
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-6 --output "$root/jre"
chmod 1777 "$root/tmp"
printf 'root:x:0:0::/:\nworkerpool:x:65532:65532::/tmp:\n' > "$root/etc/passwd"

# Every library that a file of the runtime is linked to, at the path where it is looked for.
find "$root/jre" -type f \( -name '*.so' -o -path '*/bin/java' \) -exec ldd {} + 2> /dev/null |
  sed -n 's/.*=> \(\/[^ ]*\) (.*/\1/p; s/^[[:space:]]*\(\/[^ ]*ld-[^ ]*\) (.*/\1/p' |
  sort -u |
  while read -r library; do
    case $library in
      "$root"/*) ;;
      *)
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
        ;;
    esac
  done
