#!/bin/sh
# 用 openssl（3.0 以上）和 POSIX shell 核验已解压的外送数据包。脚本、根证书和平台证书都向平台运维人员另行取得；数据包里的脚本一律不要运行。
# Checks an unpacked packet with openssl (3.0 or newer) and a POSIX shell alone. This script, the roots and the platform's certificates come
# from the platform's operator, by another way than the packet; run no script that a packet holds.
#   sh verify.sh -p PLATFORM [-p ...] [-t ROOTS.pem] FOLDER
#     -p  平台的签名证书（PEM），或其 SHA-256 摘要（每行一个）；没有就不能通过
#         the platform's signing certificates (PEM), or their SHA-256, one a line; without them nothing passes
#     -t  信任的根证书 / the roots to trust
# 退出码 / exit: 0 通过 all well; 1 不通过 a fault; 2 用法错误 usage
set -u
LC_ALL=C
export LC_ALL

usage() { printf '%s\n' 'usage: sh verify.sh -p PLATFORM [-p ...] [-t ROOTS.pem] FOLDER' >&2; exit 2; }
# fail FILE 中文 English
fail() { printf '不通过 FAULT %s: %s / %s\n' "$1" "$2" "$3" >&2; exit 1; }
well() { printf '通过 ok   %s\n' "$1"; }
note() { printf '注意 note %s\n' "$1"; }
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }

openssl version >/dev/null 2>&1 || { printf '%s\n' '需要 openssl / openssl is needed' >&2; exit 2; }
work=${TMPDIR:-/tmp}/xietong-packet.$$
(umask 077 && mkdir "$work") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

keyid() { openssl x509 -in "$1" -outform DER 2>/dev/null | openssl dgst -sha256 -r | cut -d' ' -f1; }

# Adds what file $1 tells of the platform to the key ids: digests as they stand, certificates by theirs.
know() {
  tr -d '\r' <"$1" | sed -n 's/^[[:space:]]*\([0-9A-Fa-f]\{64\}\)[[:space:]]*$/\1/p' | tr 'A-F' 'a-f' >>"$work/known"
  rm -f "$work"/known-*.pem
  awk -v at="$work/known-" '/^-----BEGIN CERTIFICATE-----/ { n++; on = 1 } on { print > (at n ".pem") } /^-----END CERTIFICATE-----/ { on = 0; close(at n ".pem") }' "$1"
  for each in "$work"/known-*.pem; do
    [ -f "$each" ] || continue
    openssl x509 -in "$each" -noout 2>/dev/null || usage
    keyid "$each" >>"$work/known"
  done
}

: >"$work/known"
roots=''
while getopts p:t: option; do
  case $option in
    p) [ -r "$OPTARG" ] || usage; know "$OPTARG" ;;
    t) [ -r "$OPTARG" ] || usage; roots=$(absolute "$OPTARG") ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] && [ -d "$1" ] || usage
cd -- "$1" || exit 2

for each in manifest.json manifest.p7s manifest.sm2.sig packet.json; do
  [ -f "$each" ] || fail "$each" '缺失' 'is missing'
done
if [ -z "$roots" ]; then
  roots=$work/roots.pem
  cat certificates/*.pem >"$roots"
  note '未给出根证书，用包内所附的 / no roots given, the enclosed ones are taken'
fi

# ---- the two signatures on the manifest, and whose they are ---------------------------------------------------------

openssl cms -verify -binary -inform DER -in manifest.p7s -content manifest.json -CAfile "$roots" -purpose any \
  -partial_chain -signer "$work/p256.pem" -out "$work/manifest" 2>/dev/null ||
  fail manifest.p7s '签名不符' 'the signature does not fit'
# The certificate that the manifest names for suite $1.
named() { sed -n "s/.*\"signers\":{[^}]*\"$1\":\"\([0-9a-f]*\)\".*/\1/p" manifest.json; }
[ "$(grep -c '^-----BEGIN CERTIFICATE-----' "$work/p256.pem")" -eq 1 ] || fail manifest.p7s '须为一人签名' 'must have one signer'
[ "$(keyid "$work/p256.pem")" = "$(named p256)" ] ||
  fail manifest.p7s '签名证书不是清单所列' 'another certificate than the manifest names'
sm2=certificates/$(named sm2).pem
[ -r "$sm2" ] || fail "$sm2" '缺失' 'is missing'
cp "$sm2" "$work/sm2.pem"
[ "$(keyid "$work/sm2.pem")" = "$(named sm2)" ] ||
  fail "$sm2" '签名证书不是清单所列' 'another certificate than the manifest names'
trusted() { openssl verify -partial_chain -CAfile "$roots" "$@" >/dev/null 2>&1; }
trusted -vfyopt distid:1234567812345678 "$work/sm2.pem" || trusted "$work/sm2.pem" ||
  fail "$sm2" '证书不受信任' 'is not trusted'
openssl x509 -in "$work/sm2.pem" -noout -pubkey >"$work/sm2.key"
openssl dgst -sm3 -sigopt distid:1234567812345678 -verify "$work/sm2.key" -signature manifest.sm2.sig manifest.json \
  >/dev/null 2>&1 || fail manifest.sm2.sig '签名不符' 'the signature does not fit'
for each in p256 sm2; do
  subject=$(openssl x509 -in "$work/$each.pem" -noout -subject -nameopt RFC2253,-esc_msb,utf8)
  note "签名人 signed by: ${subject#subject=} ($(named $each))"
done
grep -q . "$work/known" ||
  fail 签名人 '没有平台证书可供比对，任何人都可能作此签名' 'no certificate of the platform to compare them with: anybody may have signed'
for each in p256 sm2; do
  grep -qx "$(keyid "$work/$each.pem")" "$work/known" || fail 签名人 '不是平台的证书' 'not a certificate of the platform'
done
well 'manifest.p7s, manifest.sm2.sig: 平台签名 signed by the platform'
# The platform signs bundles of evidence, too.
grep -q '"kind":"packet"' manifest.json || fail manifest.json '不是数据包' 'is no packet'

# ---- no file missing, added or changed ------------------------------------------------------------------------------

tr '{' '\n' <manifest.json |
  sed -n 's/^"path":"\([A-Za-z0-9._/-]*\)","sha256":"\([0-9a-f]*\)","size":[0-9]*,"sm3":"\([0-9a-f]*\)".*/\1 \2 \3/p' \
    >"$work/files"
[ -s "$work/files" ] || fail manifest.json '清单为空' 'lists nothing'
while read -r path sha256 sm3; do
  case /$path/ in */../* | */./* | *//*) fail manifest.json '路径不合法' 'a path is not allowed' ;; esac
  [ -f "$path" ] || fail "$path" '缺失' 'is missing'
  [ "$(openssl dgst -sha256 -r "$path" | cut -d' ' -f1)" = "$sha256" ] || fail "$path" '与清单不符' 'differs from the manifest'
  [ "$(openssl dgst -sm3 -r "$path" | cut -d' ' -f1)" = "$sm3" ] || fail "$path" '与清单不符' 'differs from the manifest'
done <"$work/files" || exit 1
{
  cut -d' ' -f1 "$work/files"
  printf '%s\n' manifest.json manifest.p7s manifest.sm2.sig
} | sort >"$work/listed"
find . ! -type d | sed 's|^\./||' | sort >"$work/found"
added=$(comm -13 "$work/listed" "$work/found" | head -n 1)
[ -z "$added" ] || fail "$added" '清单之外的文件' 'is not in the manifest'
well "$(wc -l <"$work/files" | tr -d ' ') 个文件 / files"
