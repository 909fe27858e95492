#!/bin/sh
# 用 Go 的 golang.org/x/mod/sumdb/{note,tlog} 核验日志；不依赖本项目的任何代码。
# Checks a log, as served under /log or left by the demonstration, with Go's own note and tlog packages.
#
# usage: check-log.sh [--install] LOG [PROOFS]
#   LOG     a folder, or the URL of /log: vkey, checkpoint, tile/; each leaf is proved by the tiles, and hashed again from its
#           entry where the entries are there
#   PROOFS  receipts/*.tlog-proof, consistency/*.add-checkpoint, checkpoints/* (earlier ones, proved by the tiles to be the
#           log's beginnings); each may be missing
#   --install  as root, fetches Go from Debian where it is not there
# exit 0: all holds; 1: the first thing that does not is named; 77: skipped, Go is not installed
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd)
sources=/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog
install=no
[ "${1:-}" = --install ] && { install=yes; shift; }
[ $# -ge 1 ] || { echo "usage: check-log.sh [--install] LOG [PROOFS]" >&2; exit 2; }

there() { command -v go >/dev/null && [ -d "$sources" ]; }
if ! there && [ $install = yes ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  fetch() { apt-get install -y --no-install-recommends golang-go golang-golang-x-mod-dev >&2; }
  fetch || { apt-get update >&2 && fetch; }
fi
there || { echo "skipped: needs golang-go and golang-golang-x-mod-dev (Debian)" >&2; exit 77; }

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="${GOCACHE:-$build/cache}" CGO_ENABLED=0 \
  go build -o "$build/checklog" "$here/checklog/main.go"
"$build/checklog" "$@"
