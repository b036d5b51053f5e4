#!/bin/sh
# tests/kill.sh [N]: kills a writing server N times on SQLite and N/4 times (at least 2) on PostgreSQL; no acknowledged answer may be lost.
exec node "$(dirname "$0")/kill.mjs" "$@"
