#!/usr/bin/env bash
# Writes a dump of the database to a file, and reads it once to be sure. The app goes on meanwhile.
#   DATABASE_URL=postgres://… ./backup.sh FOLDER        FOLDER/todo-cloud-20261129T030000Z.dump
# DATABASE_URL is the direct address, not the pooler's. KEEP_DAYS removes older dumps in FOLDER.
set -euo pipefail
umask 077

fail() { echo "$*" >&2; exit 1; }
folder=${1:-}
[ -n "$folder" ] || fail 'Usage: DATABASE_URL=… backup.sh FOLDER'
[ -n "${DATABASE_URL:-}" ] || fail 'DATABASE_URL is not set'
case $DATABASE_URL in *-pooler.*) fail 'DATABASE_URL leads to a pooler, where a dump is not one moment of the database' ;; esac

mkdir -p "$folder"
dump=$folder/todo-cloud-$(date -u +%Y%m%dT%H%M%SZ).dump
trap 'rm -f "$dump.part"' EXIT
pg_dump --format=custom --no-owner --no-privileges --file="$dump.part" --dbname="$DATABASE_URL"
# Reads it from end to end: a dump that was cut off is found now.
pg_restore --file=/dev/null "$dump.part"
mv "$dump.part" "$dump"
[ -z "${KEEP_DAYS:-}" ] || find "$folder" -maxdepth 1 -name 'todo-cloud-*.dump' -mtime "+$KEEP_DAYS" -delete
echo "$dump"
