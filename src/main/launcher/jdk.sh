# Sourced: where a JDK 25 is.

# Prints the home of a JDK of 25 or later: JAVA_HOME, the one on the PATH, or one where such things are installed.
jdk_home() {
  local home
  for home in "${JAVA_HOME:-}" "${JAVA_25_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /bin/none)")")")" /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if grep -qsE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$home/release" && [ -x "$home/bin/javac" ]; then
      echo "$home"
      return 0
    fi
  done
  return 1
}
