#!/bin/sh
# 数据库全量备份与逻辑备份，各自注明时刻；旧的按保留期删除。 / A base back-up and a dump of the database, each named by its moment;
# older ones go at the end of their term. Usage: backup.sh DIR [DAYS]; connection as libpq has it (PGHOST, PGUSER, PGPASSFILE …).
set -eu
umask 077
to=$1
days=${2:-30}
now=$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$to"
pg_basebackup -D "$to/base-$now.part" -F tar -z -X stream -c fast
mv "$to/base-$now.part" "$to/base-$now"
pg_dump -d "${PGDATABASE:-xietong}" -n xietong -F custom -f "$to/dump-$now.part"
mv "$to/dump-$now.part" "$to/dump-$now"
# What was erased is gone for good when the last back-up from before is.
find "$to" -mindepth 1 -maxdepth 1 \( -name 'base-*' -o -name 'dump-*' \) -mtime "+$days" -exec rm -rf {} +
