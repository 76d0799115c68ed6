#!/bin/bash
# box.sh: process 1 of the node's own PID, mount and cgroup namespaces (node.sh starts it through unshare). Whatever runs
# in here ends when this process is killed, and its mounts (overlays, secrets, /run) go with the mount namespace.
set -euo pipefail
mount -t proc proc /proc
umount -R /sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
for controller in cpu cpuacct cpuset memory devices freezer blkio pids systemd; do
  # Without the systemd hierarchy the shims cannot load a container's group, and no OOM kill would be seen.
  options=$controller
  [ "$controller" != systemd ] || options=none,name=systemd
  mkdir "/sys/fs/cgroup/$controller"
  mount -t cgroup -o "$options" cgroup "/sys/fs/cgroup/$controller"
done
mount -t tmpfs -o mode=755 tmpfs /run
# Paths that the kubelet, the network plugins and the shims have built in.
for folder in /var/lib/kubelet /var/log/pods /var/log/containers /var/lib/cni; do
  mkdir -p "$folder" "$STATE/box$folder"
  mount --bind "$STATE/box$folder" "$folder"
done
# The kubelet would set these for the whole machine. In here it reads the values that it wants and leaves the machine's.
for setting in vm/overcommit_memory=1 kernel/panic=10 kernel/panic_on_oops=1; do
  file=$STATE/box/sysctl/${setting%%=*}
  mkdir -p "${file%/*}"
  echo "${setting#*=}" > "$file"
  mount --bind "$file" "/proc/sys/${setting%%=*}"
done
mount --make-rshared /

containerd --config "$STATE/containerd.toml" > "$STATE/log/containerd.log" 2>&1 &
ctr() { command ctr -a /run/containerd.sock -n k8s.io "$@"; }
for _ in $(seq 200); do
  ctr version > /dev/null 2>&1 && break
  sleep 0.1
done
for image in $IMAGES; do ctr images import "$image" > /dev/null; done
echo "images imported"
"$KUBELET" --config "$STATE/kubelet.yaml" --kubeconfig "$KUBECONFIG" --hostname-override "$NODE" \
  --root-dir /var/lib/kubelet --cert-dir "$STATE/certificates" --node-labels workerpool.test/node=real \
  > "$STATE/log/kubelet.log" 2>&1 || true
echo "the kubelet ended:"
tail -n 20 "$STATE/log/kubelet.log"
