#!/bin/bash
# images.sh FOLDER: makes the images that the node's pods run, in FOLDER as NAME-KEY.tar (an OCI layout), without any
# registry, and prints their paths. An image that is there already is kept: KEY changes with whatever it is made of.
#   pause: holds a pod's namespaces · celery, sidekiq: Debian 12 with the framework and the app of ../apps, as a user
#   would build them: the framework's command on the PATH, the app in the working directory, not root.
# Needs root, mmdebstrap and Go; Celery comes from the virtual environment of WORKERPOOL_TEST_PYTHON.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
OUT=$1
PYTHON=${WORKERPOOL_TEST_PYTHON:-${XDG_CACHE_HOME:-$HOME/.cache}/workerpool/celery-venv/bin/python}
mkdir -p "$OUT"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

key() { cat images.sh mkoci.py "$@" | sha256sum | cut -c1-12; }
# Reproducible: the same content has the same name in the node's store.
layer() { tar --numeric-owner --owner=0 --group=0 --mtime=@0 --sort=name -C "$1" -cf "$2" .; }

debian() { # OUT.tar PACKAGES APP-FILE MORE-HOOKS...
  local out=$1 packages=$2 app=$3
  shift 3
  mmdebstrap --quiet --mode=root --variant=minbase --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/i18n/*' \
    --include="$packages" --customize-hook='mkdir "$1/app"' --customize-hook="copy-in $app /app" "$@" \
    --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/var/log/*' bookworm "$out" >&2
}

pause() {
  mkdir "$WORK/pause"
  (cd pause && CGO_ENABLED=0 go build -ldflags '-s -w' -o "$WORK/pause/pause" .)
  layer "$WORK/pause" "$WORK/pause.tar"
  python3 mkoci.py "$WORK/pause.tar" "$1" local.test/pause:1 --entrypoint '["/pause"]' --user 65535:65535
}

celery() {
  local packages
  packages=$("$PYTHON" -c 'import celery, os; print(os.path.dirname(os.path.dirname(celery.__file__)))')
  printf '#!/usr/bin/python3\nimport sys\nfrom celery.__main__ import main\nsys.exit(main())\n' > "$WORK/celery"
  chmod 755 "$WORK/celery"
  # redis-py wants async-timeout on Debian's Python 3.11.2, and a newer Python's environment has none to copy.
  debian "$WORK/celery.tar" python3,python3-async-timeout "$PWD/../apps/celery/tasks.py" \
    --customize-hook="copy-in $WORK/celery /usr/local/bin" \
    --customize-hook="for d in '$packages'/*; do case \$d in */pip* | */setuptools* | */pkg_resources | */__pycache__) ;; *) cp -r \"\$d\" \"\$1\"/usr/local/lib/python3.*/dist-packages/ ;; esac; done"
  python3 mkoci.py "$WORK/celery.tar" "$1" local.test/celery:1 --workdir /app --user 10001:10001 \
    --env PYTHONUNBUFFERED=1 --env PYTHONDONTWRITEBYTECODE=1 --entrypoint '["celery","-A","tasks","worker"]'
}

sidekiq() {
  debian "$WORK/sidekiq.tar" ruby-sidekiq "$PWD/../apps/sidekiq/app.rb"
  python3 mkoci.py "$WORK/sidekiq.tar" "$1" local.test/sidekiq:1 --workdir /app --user 10001:10001 \
    --env LANG=C.UTF-8 --entrypoint '["sidekiq","-r","./app.rb"]'
}

image() { # NAME WHAT-IT-IS-MADE-OF...
  local name=$1 path began=$SECONDS
  shift
  path=$OUT/$name-$(key "$@").tar
  if [ ! -e "$path" ]; then
    "$name" "$path.$$" >&2
    mv "$path.$$" "$path"
    find "$OUT" -name "$name-*.tar" -mtime +7 -delete
    echo "image $name made in $((SECONDS - began)) s, $(du -m "$path" | cut -f1) MB" >&2
  fi
  echo "$path"
}

"$PYTHON" -c 'import celery; print(celery.__version__)' > "$WORK/celery-version"
image pause pause/main.go pause/go.mod
image celery ../apps/celery/tasks.py "$WORK/celery-version"
image sidekiq ../apps/sidekiq/app.rb
