#!/bin/bash
# tidy.sh STATE: removes what an ended node leaves: its empty control groups and its folder.
set -u
state=$1
if [ -e "$state/cgroups" ]; then
  while read -r group; do
    case $group in /sys/fs/cgroup/*/workerpool-node-*) ;; *) continue ;; esac
    for _ in $(seq 50); do
      [ -d "$group" ] || break
      find "$group" -depth -type d -exec rmdir {} \; 2> /dev/null
      [ ! -d "$group" ] || sleep 0.1
    done
    [ ! -d "$group" ] || echo "left: $group" >&2
  done < "$state/cgroups"
fi
rm -rf --one-file-system "$state"
