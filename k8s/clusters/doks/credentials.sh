#!/usr/bin/env bash
# Short-lived credentials from DigitalOcean's API, with nothing but curl; doctl does the same for people.
#   DIGITALOCEAN_TOKEN=… ./credentials.sh registry SECONDS             to push, in ~/.docker/config.json
#   DIGITALOCEAN_TOKEN=… ./credentials.sh cluster CLUSTER_ID SECONDS   of the cluster, in $KUBECONFIG
set -euo pipefail
umask 077

fail() { echo "$*" >&2; exit 1; }
[ -n "${DIGITALOCEAN_TOKEN:-}" ] || fail 'DIGITALOCEAN_TOKEN is not set'

# download PATH FILE; the token is in no command line.
download() {
  mkdir -p "$(dirname "$2")"
  printf 'header = "Authorization: Bearer %s"\n' "$DIGITALOCEAN_TOKEN" |
    curl --config - --fail --silent --show-error --retry 3 --max-time 30 --output "$2" \
      "${DIGITALOCEAN_API:-https://api.digitalocean.com}/v2/$1"
}

case ${1:-} in
  registry)
    [ $# -eq 2 ] || fail 'Usage: credentials.sh registry SECONDS'
    download "registry/docker-credentials?read_write=true&expiry_seconds=$2" "${DOCKER_CONFIG:-$HOME/.docker}/config.json" ;;
  cluster)
    [ $# -eq 3 ] || fail 'Usage: credentials.sh cluster CLUSTER_ID SECONDS'
    download "kubernetes/clusters/$2/kubeconfig?expiry_seconds=$3" "${KUBECONFIG:?is not set}" ;;
  *) fail 'Usage: credentials.sh registry | cluster …' ;;
esac
