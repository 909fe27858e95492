#!/bin/sh
# 用 openssl 核验 ./xietong demo --evidence DIR 留下的每一个签名；不依赖本项目的任何代码。
# Checks every signature that ./xietong demo --evidence DIR left behind, with openssl alone.
#
# usage: verify-evidence.sh DIR        exit 0: every signature holds; 1: the first that does not is named
set -eu

[ $# -eq 1 ] && [ -d "$1/exchanges" ] || { echo "usage: verify-evidence.sh DIR" >&2; exit 2; }
dir=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
checked=0

# Puts the public key of certificate $1, and of what kind it is, into the folder of keys; once, however often it signed.
know() {
    cert="$dir/certificates/$1.pem"
    [ -f "$cert" ] || { echo "no certificate for $2" >&2; exit 1; }
    named=$(openssl x509 -in "$cert" -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1)
    [ "$named" = "$1" ] || { echo "the certificate is not the one named: $cert" >&2; exit 1; }
    openssl x509 -in "$cert" -noout -pubkey > "$tmp/$1.pem"
    openssl pkey -pubin -in "$tmp/$1.pem" -noout -text > "$tmp/$1.kind"
}

# The last line of a signature base names its key: keyid="<sha-256 of the certificate>" (RFC 9421 section 2.5).
check() {
    base=$1
    sig=$2
    keyid=$(sed -n 's/^"@signature-params":.*keyid="\([0-9a-f]*\)".*$/\1/p' "$base")
    [ -f "$tmp/$keyid.kind" ] || know "$keyid" "$base"
    key=$tmp/$keyid.pem
    case $(cat "$tmp/$keyid.kind") in
        *SM2*) openssl dgst -sm3 -verify "$key" -sigopt distid:1234567812345678 -signature "$sig" "$base" ;;
        *ED25519*) openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$base" -sigfile "$sig" ;;
        *) openssl dgst -sha256 -verify "$key" -signature "$sig" "$base" ;;
    esac > "$tmp/said" 2>&1 || { echo "不符 does not hold: $sig" >&2; exit 1; }
    checked=$((checked + 1))
}

for exchange in "$dir"/exchanges/*/; do
    for name in request officer response; do
        if [ -f "$exchange$name.sig" ]; then
            check "$exchange$name.sigbase" "$exchange$name.sig"
        fi
    done
    [ -f "${exchange}entry.json" ] || { echo "no entry.json in $exchange" >&2; exit 1; }
done
echo "$checked 个签名全部有效 / signatures, all valid"
