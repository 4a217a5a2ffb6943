#!/usr/bin/env bash
# Brings a version of the app to the cluster that kubectl speaks to, and takes it back when it does not work.
#   ./deploy.sh --values digests.json --set image.registry=registry.digitalocean.com/todo-cloud-example
# Every argument goes to "helm upgrade". RELEASE and NAMESPACE are todo-cloud when left out.
set -euo pipefail
doks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

RELEASE=${RELEASE:-todo-cloud}
NAMESPACE=${NAMESPACE:-todo-cloud}
CHART=${CHART:-$doks/../../helm/todo-app-cloud}

here() { helm "$@" --namespace "$NAMESPACE"; }

errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

# Only "not found" is a first installation: after any other error it would not be known what to go back to.
if ! history=$(here history "$RELEASE" --output json 2>"$errors"); then
  if ! grep -q 'release: not found' "$errors"; then
    cat "$errors" >&2
    exit 1
  fi
  history='[]'
fi
# The newest revision that worked.
before=$(node -e 'let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () => {
    const good = JSON.parse(text).filter(({ status }) => status === "deployed")
    process.stdout.write(String(good.at(-1)?.revision ?? ""))
  })' <<<"$history")

# What does not become ready in time is taken back by Helm itself. The time is above migrations.deadlineSeconds.
here upgrade --install "$RELEASE" "$CHART" --create-namespace --values "$doks/values.yaml" \
  --atomic --timeout 6m --history-max 10 "$@"

if here test "$RELEASE" --logs --timeout 3m; then exit 0; fi

if [ -z "$before" ]; then
  echo 'The test of the release failed, and there is no earlier one to go back to.' >&2
else
  echo "The test of the release failed: back to revision $before." >&2
  here rollback "$RELEASE" "$before" --wait --timeout 6m
fi
exit 1
