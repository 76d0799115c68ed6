#!/bin/bash
# node.sh: one real node (containerd, runc, kubelet) in namespaces of its own; runs until it is killed, and all of the
# node ends with it. It shares the machine's network: its pods need hostNetwork and reach servers on 127.0.0.1.
#   STATE         a fresh folder for all that the node writes; STATE/cgroups lists the control groups to remove afterwards
#   KUBELET, KUBECONFIG   the program, and its access to the API server
#   NODE          the node's name. An address is taken unchecked, where --node-ip would refuse loopback.
#   IMAGES        the images to import, as paths
#   KUBELET_PORT, HEALTHZ_PORT, STREAM_PORT   free ports
# Needs root, control groups v1, containerd, runc, the loopback CNI plugin, util-linux.
set -euo pipefail
: "${STATE:?}" "${KUBELET:?}" "${KUBECONFIG:?}" "${NODE:?}" "${IMAGES:?}"
: "${KUBELET_PORT:?}" "${HEALTHZ_PORT:?}" "${STREAM_PORT:?}"
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$STATE"/{log,cni,certificates}

# The kubelet wants some network plugin before it calls the node ready.
echo '{"cniVersion":"1.0.0","name":"none","plugins":[{"type":"loopback"}]}' > "$STATE/cni/10-none.conflist"

cat > "$STATE/kubelet.yaml" << Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: 127.0.0.1
port: $KUBELET_PORT
readOnlyPort: 0
healthzBindAddress: 127.0.0.1
healthzPort: $HEALTHZ_PORT
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix:///run/containerd.sock
imageServiceEndpoint: unix:///run/containerd.sock
cgroupDriver: cgroupfs
failCgroupV1: false                # since 1.35 it would stop there
failSwapOn: false
makeIPTablesUtilChains: false
resolvConf: ""
imageGCHighThresholdPercent: 100   # a collected image cannot be pulled again: there is no registry
imageGCLowThresholdPercent: 99
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
volumePluginDir: $STATE/volumeplugins
nodeStatusUpdateFrequency: 5s
Y

cat > "$STATE/containerd.toml" << T
version = 2
root = "$STATE/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs","io.containerd.snapshotter.v1.btrfs","io.containerd.snapshotter.v1.devmapper","io.containerd.snapshotter.v1.zfs","io.containerd.internal.v1.opt"]
[grpc]
  address = "/run/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "local.test/pause:1"
  stream_server_address = "127.0.0.1"
  stream_server_port = "$STREAM_PORT"
  disable_apparmor = true
  restrict_oom_score_adj = true    # without CAP_SYS_RESOURCE, -998 is refused
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$STATE/cni"
T

# A child group of our own in each hierarchy; in its namespaces it is the root.
for controller in cpu cpuacct cpuset memory devices freezer blkio pids systemd; do
  own=$(awk -F: -v c="$controller" '$2 == c || $2 == "name=" c { sub("/$", "", $3); print $3 }' /proc/self/cgroup)
  group=/sys/fs/cgroup/$controller$own/workerpool-node-$$
  # Those of nodes that were killed with their JVM: empty by now, since their processes are gone.
  for left in "${group%-*}"-*; do
    [ ! -d "$left" ] || [ -d "/proc/${left##*-}" ] || find "$left" -depth -type d -exec rmdir {} \; 2> /dev/null || true
  done
  mkdir "$group"
  echo "$group" >> "$STATE/cgroups"
  if [ "$controller" = cpuset ]; then
    cat "${group%/*}/cpuset.cpus" > "$group/cpuset.cpus"
    cat "${group%/*}/cpuset.mems" > "$group/cpuset.mems"
  fi
  echo $$ > "$group/cgroup.procs"
done
export STATE KUBELET KUBECONFIG NODE IMAGES
exec unshare --cgroup --mount --pid --fork --kill-child=KILL --propagation private bash "$HERE/box.sh"
