#!/usr/bin/env bash
# Makes BUILD_IMAGE out of BASE_IMAGE, which has Node and no npm, with the npm of this machine:
#   BASE_IMAGE=localhost/node:24 IMAGE_BUILDER="buildah --root …" .ci/build-image.sh localhost/node-build:24
set -euo pipefail
build_image=${1:?the name of the image to make}
read -r -a builder <<<"${IMAGE_BUILDER:-buildah}"
npm=$(npm root --global)/npm

container=$("${builder[@]}" from --pull-never "${BASE_IMAGE:?an image with Node}")
trap '"${builder[@]}" rm "$container" >/dev/null' EXIT
"${builder[@]}" copy --quiet "$container" "$npm" /usr/local/lib/node_modules/npm >/dev/null
for name in npm npx; do
  "${builder[@]}" run "$container" -- ln -sf "../lib/node_modules/npm/bin/$name-cli.js" "/usr/local/bin/$name"
done
"${builder[@]}" commit --quiet "$container" "$build_image"
