#!/usr/bin/env bash
# What the cluster has before the app: an ingress, certificates, metrics, Dapr, and Strimzi for Kafka.
# Safe to run again: it changes what differs from charts.env and values/, and it is how each of them is upgraded.
#   ACME_EMAIL=ops@example.org ./install.sh             all of it
#   ACME_EMAIL=ops@example.org ./install.sh dapr        one of it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=charts.env
. ./charts.env

NAMESPACE=${NAMESPACE:-todo-cloud}
INGRESS=${INGRESS:-traefik}
PARTS=(traefik cert-manager metrics-server dapr strimzi)
[ "$INGRESS" = traefik ] || PARTS[0]=ingress-nginx

fail() { echo "$*" >&2; exit 1; }
case $INGRESS in traefik | ingress-nginx) ;; *) fail "INGRESS is traefik or ingress-nginx, not $INGRESS" ;; esac
[ -n "${ACME_EMAIL:-}" ] || fail "ACME_EMAIL is not set: Let's Encrypt writes there when a certificate is about to end"

# release NAME NAMESPACE VERSION CHART [ARGUMENT…]
release() {
  echo "== $1 $3"
  helm upgrade --install "$1" "$4" --version "$3" --namespace "$2" --create-namespace \
    --values "values/$1.yaml" --atomic --timeout 10m "${@:5}"
}

# Helm installs the definitions of a chart once, and never again.
definitions() {
  helm show crds "$2" --version "$1" "${@:3}" | kubectl apply --server-side --force-conflicts --filename -
}

install_part() {
  case $1 in
    traefik)
      release traefik traefik "$TRAEFIK_CHART" traefik --repo https://traefik.github.io/charts ;;
    ingress-nginx)
      # Pods that ask for the public address would reach nginx without the PROXY protocol, and be refused.
      [ -n "${PUBLIC_HOST:-}" ] || fail "PUBLIC_HOST is not set: ingress-nginx needs the name of the app"
      release ingress-nginx ingress-nginx "$INGRESS_NGINX_CHART" ingress-nginx \
        --repo https://kubernetes.github.io/ingress-nginx \
        --set-string "controller.service.annotations.service\.beta\.kubernetes\.io/do-loadbalancer-hostname=$PUBLIC_HOST" ;;
    cert-manager)
      release cert-manager cert-manager "$CERT_MANAGER_CHART" cert-manager --repo https://charts.jetstack.io
      sed "s/ACME_EMAIL/$ACME_EMAIL/" cluster-issuer.yaml | kubectl apply --filename - ;;
    metrics-server)
      release metrics-server kube-system "$METRICS_SERVER_CHART" metrics-server \
        --repo https://kubernetes-sigs.github.io/metrics-server ;;
    dapr)
      definitions "$DAPR_CHART" dapr --repo https://dapr.github.io/helm-charts
      release dapr dapr-system "$DAPR_CHART" dapr --repo https://dapr.github.io/helm-charts ;;
    strimzi)
      # The operator may only look into namespaces that are there.
      kubectl create namespace "$NAMESPACE" --dry-run=client --output yaml | kubectl apply --filename -
      definitions "$STRIMZI_CHART" oci://quay.io/strimzi-helm/strimzi-kafka-operator
      release strimzi strimzi "$STRIMZI_CHART" oci://quay.io/strimzi-helm/strimzi-kafka-operator \
        --set "watchNamespaces={$NAMESPACE}"
      # Not before the operator, which makes pods that are let in.
      kubectl label namespace "$NAMESPACE" --overwrite pod-security.kubernetes.io/enforce=restricted ;;
    *) fail "There is no $1 here, only ${PARTS[*]}" ;;
  esac
}

[ $# -gt 0 ] || set -- "${PARTS[@]}"
for part in "$@"; do install_part "$part"; done
