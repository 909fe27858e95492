#!/bin/sh
# 用 openssl（3.0 以上）和 POSIX shell 核验所在文件夹中的证据包。
# Checks the evidence bundle that this script lies in, with openssl (3.0 or newer) and a POSIX shell alone.
#   sh verify.sh [-k VKEYS] [-t ROOTS.pem] [-p PLATFORM ...]
#     -k  日志与见证机构的公钥，每行一个 / verifier keys of the log and of witnesses, one a line
#     -t  信任的根证书 / the roots to trust
#     -p  平台签名用的证书（PEM，含已停用的），或其 SHA-256 摘要（每行一个）。没有它，同一认证机构的任何用户都可能冒充平台；脚本会注明
#         the certificates that the platform signs by (PEM, former ones too), or their SHA-256, one a line. Without it any member of the
#         authorities may pass as the platform, and the script says so
# 退出码 / exit: 0 通过 all well; 1 不通过 a fault; 2 用法错误 usage
set -u
LC_ALL=C
export LC_ALL
DISTID=distid:1234567812345678

usage() { printf '%s\n' 'usage: sh verify.sh [-k VKEYS] [-t ROOTS.pem] [-p PLATFORM ...]' >&2; exit 2; }
# fail FILE 中文 English
fail() { printf '不通过 FAULT %s: %s / %s\n' "$1" "$2" "$3" >&2; exit 1; }
well() { printf '通过 ok   %s\n' "$1"; }
note() { printf '注意 note %s\n' "$1"; }

absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }
openssl version >/dev/null 2>&1 || { printf '%s\n' '需要 openssl / openssl is needed' >&2; exit 2; }

work=${TMPDIR:-/tmp}/xietong-verify.$$
(umask 077 && mkdir "$work") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

keyid() { openssl x509 -in "$1" -outform DER 2>/dev/null | openssl dgst -sha256 -r | cut -d' ' -f1; }

# Adds what file $1 tells of the platform to the key ids: digests as they stand, certificates by theirs.
know() {
  before=$(wc -l <"$work/known")
  tr -d '\r' <"$1" | sed -n 's/^[[:space:]]*\([0-9A-Fa-f]\{64\}\)[[:space:]]*$/\1/p' | tr 'A-F' 'a-f' >>"$work/known"
  rm -f "$work"/known-*.pem
  awk -v at="$work/known-" '/^-----BEGIN CERTIFICATE-----/ { n++; on = 1 } on { print > (at n ".pem") } /^-----END CERTIFICATE-----/ { on = 0; close(at n ".pem") }' "$1"
  for each in "$work"/known-*.pem; do
    [ -f "$each" ] || continue
    openssl x509 -in "$each" -noout 2>/dev/null || usage
    keyid "$each" >>"$work/known"
  done
  [ "$(wc -l <"$work/known")" -gt "$before" ] || usage
}

keys='' roots='' platform=''
: >"$work/known"
while getopts k:t:p: option; do
  case $option in
    k) keys=$(absolute "$OPTARG"); [ -r "$keys" ] || usage ;;
    t) roots=$(absolute "$OPTARG"); [ -r "$roots" ] || usage ;;
    p) [ -r "$OPTARG" ] || usage; know "$OPTARG"; platform=given ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || usage
cd -- "$(dirname -- "$0")" || exit 2

digest() { openssl dgst "-$1" -r "$2" | cut -d' ' -f1; }
hex() { od -An -v -tx1 "$@" | tr -d ' \n'; }

# ---- manifest.json: no file missing, added or changed ---------------------------------------------------------------

[ -f manifest.json ] || fail manifest.json 缺少文件 'the file is missing'
tr '{' '\n' <manifest.json |
  sed -n 's/^"path":"\([A-Za-z0-9._/-]*\)","sha256":"\([0-9a-f]*\)","size":[0-9]*,"sm3":"\([0-9a-f]*\)"}.*/\2 \3 \1/p' \
    >"$work/listed"
while read -r sha256 sm3 path; do
  case /$path/ in */../* | */./* | *//*) fail manifest.json 路径不合法 'a path is not allowed' ;; esac
  [ -f "$path" ] || fail "$path" 缺少文件 'the file is missing'
  [ "$(digest sha256 "$path")" = "$sha256" ] || fail "$path" 'SHA-256 不符' 'SHA-256 differs'
  [ "$(digest sm3 "$path")" = "$sm3" ] || fail "$path" 'SM3 不符' 'SM3 differs'
done <"$work/listed"
{
  cut -d' ' -f3 "$work/listed"
  printf '%s\n' manifest.json manifest.p7s manifest.sm2.sig
} | sort >"$work/wanted"
find . ! -type d | sed 's/^\.\///' | sort >"$work/found"
odd=$(comm -3 "$work/wanted" "$work/found" | tr -d '\t' | head -n 1)
[ -z "$odd" ] || fail "$odd" 清单与文件不一致 'manifest and files differ'
well "manifest.json: $(wc -l <"$work/listed" | tr -d ' ') 个文件 files"

# ---- certificates and signatures ------------------------------------------------------------------------------------

if [ -z "$roots" ]; then
  note '根证书取自包内 / roots are taken from the bundle itself'
  for each in certificates/*.pem; do cat "$each"; echo; done >"$work/roots.pem"
  roots=$work/roots.pem
fi
for each in certificates/*.pem; do cat "$each"; echo; done >"$work/issuers.pem"
# Authorities of time-stamps have roots of their own; those that came with the bundle are taken where none are given.
cp "$roots" "$work/stampers.pem"
if [ "$roots" = "$work/roots.pem" ] && [ -f timestamps/authorities.pem ]; then
  cat timestamps/authorities.pem >>"$work/stampers.pem"
fi

# With SM2 issuers openssl needs the user id, with others it refuses it.
leads_to_a_root() {
  at=$1
  shift
  openssl verify -CAfile "$roots" -untrusted "$work/issuers.pem" -attime "$at" "$@" >/dev/null 2>&1
}

# Whether the certificate named by keyid $1 leads to a root, and was valid at second $2; leaves its key in key.pem.
certified() {
  certificate=certificates/$1.pem
  [ -f "$certificate" ] || fail "$certificate" 缺少证书 'the certificate is missing'
  [ "$(keyid "$certificate")" = "$1" ] ||
    fail "$certificate" 证书不是签名所称 'not the certificate that the signature names'
  leads_to_a_root "$2" "$certificate" || leads_to_a_root "$2" -vfyopt $DISTID "$certificate" ||
    fail "$certificate" 证书不可信或当时无效 'the certificate is not trusted, or was not valid then'
  openssl x509 -in "$certificate" -pubkey -noout >"$work/key.pem"
}

# Whether signature $3 over file $2 is that of the key in file $1.
signed() {
  case $(openssl pkey -pubin -in "$1" -noout -text 2>/dev/null) in
    *ED25519*) openssl pkeyutl -verify -rawin -pubin -inkey "$1" -sigfile "$3" -in "$2" ;;
    *SM2*) openssl dgst -sm3 -sigopt $DISTID -verify "$1" -signature "$3" "$2" ;;
    *prime256v1*) openssl dgst -sha256 -verify "$1" -signature "$3" "$2" ;;
    *) return 1 ;;
  esac >/dev/null 2>&1
}

# Whether certificate $1, by which file $2 is signed, is the platform's; holds where the reader names none.
by_platform() {
  [ -z "$platform" ] || grep -qx "$1" "$work/known" || fail "$2" '签名人不是平台' 'not signed by the platform'
}

# The certificate that the manifest names for suite $1.
named() { sed -n "s/.*\"signers\":{[^}]*\"$1\":\"\([0-9a-f]*\)\".*/\1/p" manifest.json; }

openssl cms -verify -binary -inform DER -in manifest.p7s -content manifest.json -CAfile "$roots" \
  -certfile "$work/issuers.pem" -purpose any -no_check_time -signer "$work/cms.pem" -out /dev/null >/dev/null 2>&1 ||
  fail manifest.p7s 平台对清单的签名不成立 "the platform's signature on the manifest is wrong"
[ "$(grep -c '^-----BEGIN CERTIFICATE-----' "$work/cms.pem")" -eq 1 ] || fail manifest.p7s 须为一人签名 'must have one signer'
[ "$(keyid "$work/cms.pem")" = "$(named p256)" ] ||
  fail manifest.p7s 签名证书不是清单所列 'another certificate than the manifest names'
made=$(sed -n 's/.*"madeAtSeconds":\([0-9]*\).*/\1/p' manifest.json)
certified "$(named sm2)" "$made"
signed "$work/key.pem" manifest.json manifest.sm2.sig ||
  fail manifest.sm2.sig 平台对清单的签名不成立 "the platform's signature on the manifest is wrong"
by_platform "$(named p256)" manifest.p7s
by_platform "$(named sm2)" manifest.sm2.sig
[ -n "$platform" ] ||
  note '未给出平台证书（-p）：签名人有证书，但未必是平台 / no certificates of the platform given (-p): who signed has a certificate, and need not be the platform'
well 'manifest.p7s, manifest.sm2.sig'

# ---- signed notes (c2sp.org/signed-note) ----------------------------------------------------------------------------

if [ -z "$keys" ]; then
  note '日志公钥取自包内 / keys of the log are taken from the bundle itself'
  keys=checkpoints/vkeys.txt
fi
[ -f "$keys" ] || fail "$keys" 缺少日志公钥 'keys of the log are missing'
# Prints the lines of file $1, whatever ends them.
lines() { [ ! -f "$1" ] || { tr -d '\r' <"$1" && echo; }; }
# A key that is withdrawn anywhere counts no more, whatever else lists it.
{ lines "$keys" && lines checkpoints/witnesses.txt; } |
  while read -r vkey state; do [ "$state" != withdrawn ] || printf '%s\n' "$vkey"; done >"$work/withdrawn"
lines "$keys" | while read -r vkey state; do
  [ -z "$vkey" ] || grep -qxFe "$vkey" "$work/withdrawn" || printf '%s\n' "$vkey"
done >"$work/keys"

# Puts the key of verifier key $1 into note.pem and its kind into $kind.
read_key() {
  rest=${1#*+}
  name=${1%%+*} id=${rest%%+*}
  printf '%s' "${rest#*+}" | openssl base64 -d -A >"$work/typed" 2>/dev/null
  kind=$(hex -N1 "$work/typed")
  case $kind in
    01 | 04)
      { printf '\060\052\060\005\006\003\053\145\160\003\041\000' && tail -c +2 "$work/typed"; } >"$work/note.der" ;;
    ff)
      {
        printf '\060\131\060\023\006\007\052\206\110\316\075\002\001\006\010\052\201\034\317\125\001\202\055\003\102\000'
        tail -c +20 "$work/typed"
      } >"$work/note.der" ;;
    *) return 1 ;;
  esac
  openssl pkey -pubin -inform DER -in "$work/note.der" -out "$work/note.pem" >/dev/null 2>&1
}

# Checks the note in file $1, named $2 to the reader: each known key of the log must have signed.
check_note() {
  sed '/^$/,$d' "$1" >"$work/text"
  sed '1,/^$/d' "$1" >"$work/lines"
  { read -r origin && read -r size && read -r root; } <"$work/text" || fail "$2" 不是检查点 'not a checkpoint'
  by_log=0 by_witness=0 seen=''
  while read -r vkey; do
    read_key "$vkey" || fail "$keys" 公钥无法读取 'a key cannot be read'
    if [ "$kind" != 04 ] && [ "$name" != "$origin" ]; then continue; fi
    sed -n "s|^— $name ||p" "$work/lines" >"$work/claimed"
    while read -r claimed; do
      printf '%s' "$claimed" | openssl base64 -d -A >"$work/line"
      [ "$(hex -N4 "$work/line")" = "$id" ] || continue
      if [ "$kind" = 04 ]; then
        tail -c +13 "$work/line" >"$work/sig"
        time=0
        for byte in $(tail -c +5 "$work/line" | od -An -v -tu1 -N8); do time=$((time * 256 + byte)); done
        { printf 'cosignature/v1\ntime %s\n' "$time" && cat "$work/text"; } >"$work/message"
        signed "$work/note.pem" "$work/message" "$work/sig" ||
          fail "$2" "见证签名不成立：$name" "the cosignature of $name is wrong"
        # Two keys of one name are one witness, whose key changes.
        case "$seen" in *" $name "*) ;; *) by_witness=$((by_witness + 1)) seen="$seen $name " ;; esac
      else
        tail -c +5 "$work/line" >"$work/sig"
        signed "$work/note.pem" "$work/text" "$work/sig" ||
          fail "$2" "日志签名不成立：$name" "the signature of $name is wrong"
        by_log=$((by_log + 1))
      fi
      break
    done <"$work/claimed"
  done <"$work/keys"
  [ "$by_log" -gt 0 ] || fail "$2" 没有已知的日志签名 'no known key of the log has signed'
}

for each in checkpoints/checkpoint.txt checkpoints/checkpoint-sm3.txt; do
  [ -f "$each" ] || fail "$each" 缺少文件 'the file is missing'
  check_note "$each" "$each"
  case $each in
    *-sm3.txt) [ "$size $origin" = "$first_size $first_origin/sm3" ] ||
      fail "$each" 两棵树的检查点不成对 'the checkpoints of the two trees are no pair' ;;
    *) first_size=$size first_origin=$origin ;;
  esac
  well "$each: $origin, $size, 日志签名 log $by_log, 见证 witnesses $by_witness"
done

# ---- exchanges ------------------------------------------------------------------------------------------------------

# Whether leaf file $1 is in the tree of proof $2, hashed by $3 (RFC 9162 §2.1.3.2).
included() {
  : >"$work/path"
  {
    read -r line
    [ "$line" = 'c2sp.org/tlog-proof@v1' ] || fail "$2" 不是包含证明 'not a proof'
    read -r line
    case $line in extra*) read -r line ;; esac
    index=${line#index }
    while read -r line && [ -n "$line" ]; do printf '%s\n' "$line" >>"$work/path"; done
    read -r line
    read -r size
    read -r root
  } <"$2"
  case $index$size in '' | *[!0-9]*) fail "$2" 不是包含证明 'not a proof' ;; esac
  [ "$index" -lt "$size" ] || fail "$2" 不是包含证明 'not a proof'
  { printf '\000' && cat "$1"; } | openssl dgst "-$3" -binary >"$work/r"
  fn=$index sn=$((size - 1))
  while read -r line; do
    printf '%s' "$line" | openssl base64 -d -A >"$work/p"
    [ "$sn" -gt 0 ] || fail "$2" 包含证明不成立 'the proof does not hold'
    if [ $((fn & 1)) -eq 1 ] || [ "$fn" -eq "$sn" ]; then
      { printf '\001' && cat "$work/p" "$work/r"; } | openssl dgst "-$3" -binary >"$work/n"
      while [ $((fn & 1)) -eq 0 ]; do fn=$((fn >> 1)) sn=$((sn >> 1)); done
    else
      { printf '\001' && cat "$work/r" "$work/p"; } | openssl dgst "-$3" -binary >"$work/n"
    fi
    fn=$((fn >> 1)) sn=$((sn >> 1))
    mv "$work/n" "$work/r"
  done <"$work/path"
  [ "$sn" -eq 0 ] && [ "$(openssl base64 -A -in "$work/r")" = "$root" ] ||
    fail "$2" 包含证明不成立 'the proof does not hold'
  sed '1,/^$/d' "$2" >"$work/proved"
  check_note "$work/proved" "$2"
}

# The signature $1 in hexadecimal as it was on the wire: P-256 as r‖s, padded.
wire_hex() {
  case $(openssl pkey -pubin -in "$work/key.pem" -noout -text) in
    *prime256v1*)
      openssl asn1parse -inform DER -in "$1" | sed -n 's/.*INTEGER *://p' | tr 'A-F' 'a-f' |
        while read -r integer; do
          while [ ${#integer} -lt 64 ]; do integer=0$integer; done
          printf '%s' "$integer"
        done ;;
    *) hex "$1" ;;
  esac
}

# Checks signature $2 of exchange folder $1 over its base $2.sigbase.
check_signature() {
  last=$(sed -n 's/^"@signature-params": //p' "$1/$2.sigbase")
  keyid=$(printf '%s' "$last" | sed -n 's/.*;keyid="\([0-9a-f]*\)".*/\1/p')
  created=$(printf '%s' "$last" | sed -n 's/.*;created=\([0-9]*\);.*/\1/p')
  certified "$keyid" "$created"
  signed "$work/key.pem" "$1/$2.sigbase" "$1/$2.sig" || fail "$1/$2.sig" 签名不成立 'the signature is wrong'
}

count=0
for folder in exchanges/*; do
  [ -d "$folder" ] || continue
  entry=$folder/entry.json id=${folder#exchanges/}
  [ -f "$entry" ] || fail "$entry" 缺少文件 'the file is missing'
  case $(cat "$entry") in *"\"id\":\"$id\",\"parts\":"*) ;; *) fail "$entry" 编号不符 'another id' ;; esac
  for part in "$folder"/parts/*.json; do
    [ -f "$part" ] || continue
    [ -f "${part%.json}.salt" ] || fail "$part" 缺少随机盐 'its salt is missing'
    name=${part##*/} name=${name%.json}
    value=$(cat "${part%.json}.salt" "$part" | openssl dgst -sha256 -r | cut -d' ' -f1)
    case $name in
      disclosed-* | changed-*)
        committed=$(sed -n "s/.*\"${name%-*}\":\[\([^]]*\)\].*/\1/p" "$entry" | cut -d, -f$((${name##*-} + 1)) | tr -d '"') ;;
      *) committed=$(sed -n "s/.*\"$name\":\"\([0-9a-f]*\)\".*/\1/p" "$entry") ;;
    esac
    [ "$value" = "$committed" ] || fail "$part" 与条目的摘要不符 'not what the entry commits to'
  done
  answered=''
  if [ -f "$folder/response.sigbase" ]; then
    check_signature "$folder" response
    by_platform "$keyid" "$folder/response.sigbase"
    grep -q "^\"exchange-id\": $id\$" "$folder/response.sigbase" ||
      fail "$folder/response.sigbase" 属于另一次交换 'of another exchange'
    answered=$(sed -n 's/^"signature";req: //p' "$folder/response.sigbase")
  fi
  for signer in request officer; do
    [ -f "$folder/$signer.sigbase" ] || continue
    check_signature "$folder" "$signer"
    [ -n "$answered" ] || continue
    case $signer in request) label=sys ;; *) label=officer ;; esac
    printf '%s\n' "$answered" | tr ',' '\n' | sed -n "s/^ *$label=:\([^:]*\):\$/\1/p" | openssl base64 -d -A >"$work/bound"
    [ "$(hex "$work/bound")" = "$(wire_hex "$folder/$signer.sig")" ] ||
      fail "$folder/response.sigbase" 不是对该请求的答复 'does not answer this request'
  done
  if [ -f "$folder/request.body" ]; then
    line=''
    [ ! -f "$folder/parts/request.json" ] ||
      line=$(sed -n 's/.*"lineDigest":"\([0-9a-f]*\)".*/\1/p' "$folder/parts/request.json")
    if [ -n "$line" ]; then
      [ "$(digest sha256 "$folder/request.body")" = "$line" ] || fail "$folder/request.body" 正文不符 'not what was sent'
    else
      stated=$(sed -n 's/^"content-digest": \(.*, *\)*sha-256=:\([^:]*\):.*/\2/p' "$folder/request.sigbase")
      [ "$(openssl dgst -sha256 -binary "$folder/request.body" | openssl base64 -A)" = "$stated" ] ||
        fail "$folder/request.body" 正文不是签名所指 'not the body that was signed'
    fi
  fi
  for tree in sha256 sm3; do
    case $tree in sha256) proof=$folder/inclusion.tlog-proof ;; *) proof=$folder/inclusion-sm3.tlog-proof ;; esac
    [ -f "$proof" ] || fail "$proof" 缺少文件 'the file is missing'
    included "$entry" "$proof" $tree
    case $tree in
      sha256) place="$index $size" ;;
      *) [ "$place" = "$index $size" ] || fail "$proof" 两棵树中的位置不同 'another place than in the other tree' ;;
    esac
  done
  count=$((count + 1))
  well "$folder: 日志第 $index 条 number $index of the log"
done
[ "$count" -gt 0 ] || fail exchanges 没有交换 'there is no exchange'

# ---- time-stamps ----------------------------------------------------------------------------------------------------

# A time-stamp is over a checkpoint as the log signed it, without the witnesses' lines, or over that of a proof.
for token in timestamps/*.tsr; do
  [ -f "$token" ] || { note '没有时间戳 / there is no time-stamp'; break; }
  stamped=no
  for each in checkpoints/checkpoint*.txt exchanges/*/*.tlog-proof; do
    case $each in *.tlog-proof) sed '1,/^$/d' "$each" ;; *) cat "$each" ;; esac >"$work/whole"
    origin=$(head -n 1 "$work/whole")
    sed "/^— /{
/^— $(printf '%s' "$origin" | sed 's/[].[*^$\/]/\\&/g') /!d
}" "$work/whole" >"$work/own"
    for data in own whole; do
      if openssl ts -verify -in "$token" -data "$work/$data" -CAfile "$work/stampers.pem" -untrusted "$work/issuers.pem" \
        -partial_chain -no_check_time >/dev/null 2>&1; then
        stamped=$each
        break 2
      fi
    done
  done
  [ "$stamped" != no ] || fail "$token" 时间戳不成立 'the time-stamp does not hold'
  well "$token: $(openssl ts -reply -in "$token" -text 2>/dev/null | sed -n 's/^Time stamp: //p') ($stamped)"
done
if [ -n "$platform" ]; then
  well "全部核验通过，交换 $count 次 / all is well, exchanges: $count"
else
  note "各项相符，交换 $count 次；是否平台所签未核对（-p） / all fits, exchanges: $count; whether the platform signed it was not checked (-p)"
fi
