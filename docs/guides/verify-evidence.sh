#!/bin/sh
# 用 openssl 核验 ./xietong demo --evidence DIR 留下的每一个签名；不依赖本项目的任何代码。
# Checks every signature that ./xietong demo --evidence DIR left behind, with openssl alone.
#
# usage: verify-evidence.sh [-p PLATFORM.pem ...] DIR
#   -p  平台应答证书（PEM）；没有它，不知道应答是不是平台所签，脚本会注明
#       the certificates that the platform answers by; without them nobody knows whether the platform signed, and the script says so
# exit 0: every signature holds; 1: the first that does not is named
set -eu

usage() { echo "usage: verify-evidence.sh [-p PLATFORM.pem ...] DIR" >&2; exit 2; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
checked=0
keyid() { openssl x509 -in "$1" -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1; }

: > "$tmp/platform"
while getopts p: option; do
    [ "$option" = p ] && [ -r "$OPTARG" ] || usage
    rm -f "$tmp"/one-*.pem
    awk -v at="$tmp/one-" '/^-----BEGIN CERTIFICATE-----/ { n++ } n { print > (at n ".pem") }' "$OPTARG"
    for each in "$tmp"/one-*.pem; do
        [ -f "$each" ] || usage
        keyid "$each" >> "$tmp/platform"
    done
done
shift $((OPTIND - 1))
[ $# -eq 1 ] && [ -d "$1/exchanges" ] || usage
dir=$1

# A certificate is read once: its public key, and how it signs. It must be the one that its name says.
known() {
    [ ! -f "$tmp/$1.kind" ] || return 0
    cert="$dir/certificates/$1.pem"
    [ -f "$cert" ] || { echo "no certificate for $2" >&2; exit 1; }
    [ "$(keyid "$cert")" = "$1" ] || { echo "the certificate is not the one named: $cert" >&2; exit 1; }
    openssl x509 -in "$cert" -noout -pubkey > "$tmp/$1.key"
    openssl pkey -pubin -in "$tmp/$1.key" -noout -text > "$tmp/$1.kind"
}

# The last line of a signature base names its key: keyid="<sha-256 of the certificate>" (RFC 9421 section 2.5).
check() {
    base=$1
    sig=$2
    keyid=$(sed -n 's/^"@signature-params":.*keyid="\([0-9a-f]*\)".*$/\1/p' "$base")
    known "$keyid" "$base"
    key="$tmp/$keyid.key"
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
            if [ "$name" = response ] && [ -s "$tmp/platform" ] && ! grep -qx "$keyid" "$tmp/platform"; then
                echo "签名人不是平台 not signed by the platform: $sig" >&2
                exit 1
            fi
        fi
    done
    [ -f "${exchange}entry.json" ] || { echo "no entry.json in $exchange" >&2; exit 1; }
done
[ -s "$tmp/platform" ] ||
    echo "未给出平台证书（-p），未核对应答是不是平台所签 / no certificates of the platform given (-p): whether it was the platform that answered was not checked"
echo "$checked 个签名全部有效 / signatures, all valid"
