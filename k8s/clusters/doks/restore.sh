#!/usr/bin/env bash
# Puts a dump of backup.sh into an empty database. All of it or nothing.
#   DATABASE_URL=postgres://… ./restore.sh FILE
# DATABASE_URL is the direct address, not the pooler's. Stop the app before, if it uses that database.
set -euo pipefail

fail() { echo "$*" >&2; exit 1; }
dump=${1:-}
[ -n "$dump" ] || fail 'Usage: DATABASE_URL=… restore.sh FILE'
[ -f "$dump" ] || fail "There is no file $dump"
[ -n "${DATABASE_URL:-}" ] || fail 'DATABASE_URL is not set'
case $DATABASE_URL in *-pooler.*) fail 'DATABASE_URL leads to a pooler, which a restore cannot use' ;; esac

tables="select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
count=$(psql --no-psqlrc --tuples-only --no-align --command="$tables" --dbname="$DATABASE_URL")
[ "$count" = 0 ] || fail "That database is not empty: it has $count tables. Restore into a new one."

pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname="$DATABASE_URL" "$dump"
psql --no-psqlrc --quiet --command='analyze' --dbname="$DATABASE_URL"
echo "Restored $dump"
