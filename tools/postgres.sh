#!/usr/bin/env sh
# A PostgreSQL of one's own for the tests: `tools/postgres.sh start FOLDER` prints its address (TEST_POSTGRES),
# `tools/postgres.sh stop FOLDER` ends it. It listens on a socket in FOLDER and on no network, and runs as the user
# postgres where it is started by root. Its words are sorted by ICU, as no program should rely on.
set -eu

fail() { echo "postgres.sh: $1" >&2; exit "${2:-1}"; }
[ $# -eq 2 ] || fail "give start FOLDER or stop FOLDER" 2

bin=''
for at in $(command -v pg_ctl 2>/dev/null | xargs -r readlink -f | xargs -r dirname) \
  $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
  [ -x "$at/initdb" ] && [ "$("$at/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 15 ] && { bin=$at; break; }
done
[ -n "$bin" ] || fail "no PostgreSQL 15 or newer: install Debian's package postgresql"

mkdir -p "$2"
folder=$(cd "$2" && pwd -P)
case $folder in *[!A-Za-z0-9/._-]*) fail "a folder with plain letters and digits, not $folder" 2 ;; esac
[ ${#folder} -le 85 ] || fail "the name of the folder is too long for a socket: $folder" 2

if [ "$(id -u)" -eq 0 ]; then
  user=postgres
  chown postgres "$folder"
  as() { runuser -u postgres -- "$@"; }
else
  user=$(id -un)
  as() { "$@"; }
fi
cd /  # where every user may be

running() { as "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; }

case $1 in
  start)
    if [ ! -f "$folder/data/PG_VERSION" ]; then
      made="-D $folder/data -U $user -A trust -E UTF8 --no-sync"
      # shellcheck disable=SC2086
      as "$bin/initdb" $made --locale=C.UTF-8 --locale-provider=icu --icu-locale=en >"$folder/initdb.log" 2>&1 ||
        { as rm -rf "$folder/data" && as "$bin/initdb" $made >"$folder/initdb.log" 2>&1; } ||
        fail "initdb failed: $(tail -n 3 "$folder/initdb.log")"
      # Tests kill programs, never the machine: what the kernel has is safe enough. Commits stay synchronous, so that
      # a killed server has all that it has acknowledged.
      as tee -a "$folder/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
fsync = off
full_page_writes = off
autovacuum = off
shared_buffers = 64MB
max_wal_size = 256MB
max_connections = 100
CONF
    fi
    running || as "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 start >/dev/null ||
      fail "did not start: $(as tail -n 3 "$folder/server.log")"
    echo "postgresql:///postgres?host=$folder&user=$user"
    ;;
  stop)
    ! running || as "$bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null
    ;;
  *) fail "give start FOLDER or stop FOLDER" 2 ;;
esac
