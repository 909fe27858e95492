#!/bin/sh
# Checks pages of GET /v1/changes, in the order in which they were read: that each goes on from the one before and leads where it says, and,
# where the last one tells what must be held, that this is the sum of them all. Prints the first fault, or how many entries there were.
# 按读取顺序核对变更页：逐页衔接、校验值相符；末页含 held 时，再核对应持有的记录。需要 jq 与 sha256sum。
# usage: check-feed.sh PAGE.json...
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/told"
tally=''
last=''
for page in "$@"; do
  from=$(jq -r .window.from.sha256 "$page")
  if [ -n "$tally" ] && [ "$from" != "$tally" ]; then
    echo "缺页 a page is missing before $page"
    exit 1
  fi
  tally=$from
  jq -r '.items[] | "\(.type) \(.kind) \(.id)"' "$page" >"$work/lines"
  while read -r line; do
    tally=$(printf '%s %s' "$tally" "$line" | sha256sum | cut -c1-64)
  done <"$work/lines"
  if [ "$(jq -r .window.to.sha256 "$page")" != "$tally" ]; then
    echo "条目不符 entries are missing or altered in $page"
    exit 1
  fi
  cat "$work/lines" >>"$work/told"
  last=$page
done
awk '$1 == "APPEARED" { held[$2 " " $3] } $1 == "GONE" { delete held[$2 " " $3] } END { for (record in held) print record }' \
  "$work/told" | LC_ALL=C sort >"$work/held"
jq -r '.held // [] | .[] | "\(.kind) \(.sha256)"' "$last" >"$work/sums"
while read -r kind sum; do
  if [ "$(awk -v kind="$kind" '$1 == kind { print $2 }' "$work/held" | sha256sum | cut -c1-64)" != "$sum" ]; then
    echo "应持有的记录不符 other records of kind $kind must be held"
    exit 1
  fi
done <"$work/sums"
echo "$(wc -l <"$work/told" | tr -d ' ') entries"
