#!/bin/sh
# 第一次签名调用：先取令牌，再读取；验证平台应答的签名。只用 sh、curl 和 openssl（3.0 或更高）。
# A first signed call: a token, then a GET, and the platform's signature checked; with sh, curl and openssl (3.0+) alone.
#
#   first-call.sh BASE_URL AUTHORITY KEY.pem CERTIFICATE.pem PLATFORM.pem [PATH?QUERY]
#
#   BASE_URL         where the platform is reached, e.g. http://127.0.0.1:8080
#   AUTHORITY        its logical name, which is signed instead of Host (xietong.exchange.authority)
#   KEY.pem          your system's private key: SM2, P-256 or Ed25519
#   CERTIFICATE.pem  its certificate, as registered in the directory
#   PLATFORM.pem     the certificate that signs answers in your suite (gm: SM2; intl: P-256 or Ed25519)
#   PATH?QUERY       what to read, /v1/clues?limit=5 by default; already percent-encoded
#
# Prints the body of the answer, once it is verified. Ends with 1 if there is none that can be trusted, with 22 if it is
# trusted but not 2xx.
set -eu
umask 077

[ $# -ge 5 ] || { sed -n '5,15s/^# \{0,3\}//p' "$0" >&2; exit 2; }
base_url=$1 authority=$2 key=$3 certificate=$4 platform=$5 target=${6:-/v1/clues?limit=5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { printf 'first-call: %s\n' "$*" >&2; exit 1; }

# --- keys

# A key is known by the SHA-256 of its certificate.
key_id() { openssl x509 -in "$1" -outform DER | openssl dgst -sha256 -r | sed 's/ .*//'; }

# The certificate decides the algorithm; nothing in a message can.
algorithm() {
  case $(openssl x509 -in "$1" -noout -pubkey | openssl pkey -pubin -noout -text) in
    *SM2*) echo sm2 ;;
    *prime256v1*) echo p256 ;;
    *ED25519*) echo ed25519 ;;
    *) fail "neither SM2 nor P-256 nor Ed25519: $1" ;;
  esac
}

# sign BASE: prints the signature as HTTP carries it, in base64.
sign() {
  case $(algorithm "$certificate") in
    sm2) openssl dgst -sm3 -sign "$key" -sigopt distid:1234567812345678 -out "$work/sig" "$1" ;;
    ed25519) openssl pkeyutl -sign -rawin -inkey "$key" -in "$1" -out "$work/sig" ;;
    p256)
      openssl dgst -sha256 -sign "$key" -out "$work/der" "$1"
      # On the wire P-256 is r and s, 32 bytes each (RFC 9421 section 3.3.4); openssl speaks DER.
      rs=$(openssl asn1parse -inform DER -in "$work/der" | sed -n 's/.*INTEGER *:\(.*\)/\1/p' |
        while read -r n; do printf '%64s' "$n" | tr ' ' 0; done)
      openssl asn1parse -genstr "FORMAT:HEX,OCT:$rs" -noout -out "$work/octets"
      tail -c 64 "$work/octets" >"$work/sig"
      ;;
  esac
  openssl base64 -A -in "$work/sig"
}

# verify BASE SIGNATURE: whether the platform signed it.
verify() {
  openssl x509 -in "$platform" -noout -pubkey >"$work/pub"
  case $(algorithm "$platform") in
    sm2) openssl dgst -sm3 -verify "$work/pub" -sigopt distid:1234567812345678 -signature "$2" "$1" ;;
    ed25519) openssl pkeyutl -verify -rawin -pubin -inkey "$work/pub" -sigfile "$2" -in "$1" ;;
    p256)
      rs=$(od -An -v -tx1 "$2" | tr -d ' \n')
      s=${rs#????????????????????????????????????????????????????????????????}
      printf 'asn1=SEQUENCE:sig\n[sig]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "${rs%"$s"}" "$s" >"$work/conf"
      openssl asn1parse -genconf "$work/conf" -noout -out "$work/der"
      openssl dgst -sha256 -verify "$work/pub" -signature "$work/der" "$1"
      ;;
  esac >/dev/null 2>&1
}

# --- one exchange

# header NAME: the field of the last answer.
header() {
  tr -d '\r' <"$work/headers" | while IFS= read -r line; do
    [ "$(printf %s "${line%%:*}" | tr 'A-Z' 'a-z')" != "$1" ] || printf '%s' "${line#*: }"
  done
}

# call METHOD TARGET PURPOSE [more curl options]: signs, sends, verifies. The answer is $status, $work/headers, $work/body.
call() {
  method=$1 path=${2%%\?*} purpose=$3
  case $2 in *\?*) query=?${2#*\?} ;; *) query=? ;; esac
  shift 3

  # What is signed (RFC 9421): these components, in this order, then the parameters.
  now=$(date +%s)
  params="(\"@method\" \"@authority\" \"@path\" \"@query\" \"exchange-purpose\")"
  params="$params;created=$now;expires=$((now + 120));nonce=\"$(openssl rand -hex 16)\""
  params="$params;keyid=\"$(key_id "$certificate")\";tag=\"xietong\""
  printf '%s\n' "\"@method\": $method" "\"@authority\": $authority" "\"@path\": $path" "\"@query\": $query" \
    "\"exchange-purpose\": $purpose" >"$work/base"
  printf '"@signature-params": %s' "$params" >>"$work/base"
  signature="sys=:$(sign "$work/base"):"

  status=$(curl -sS --path-as-is -X "$method" -D "$work/headers" -o "$work/body" -w '%{http_code}' \
    -H "Exchange-Purpose: $purpose" -H "Signature-Input: sys=$params" -H "Signature: $signature" "$@" \
    "$base_url$path${query%\?}") || fail "no answer from $base_url"
  verify_answer
}

verify_answer() {
  # The answer's own digest, then its signature, which binds it to the signature of this very request.
  digest=$(openssl dgst -sha256 -binary "$work/body" | openssl base64 -A)
  case $(header content-digest) in
    *"sha-256=:$digest:"*) ;;
    *) cat "$work/body" >&2; fail "status $status, and the content digest is not that of the body" ;;
  esac
  input=$(header signature-input)
  answer_params=${input#platform=}
  covered='("@status" "content-type" "content-digest" "exchange-id" "@method";req "@path";req "signature";req)'
  case $answer_params in
    "$covered;created="*";keyid=\"$(key_id "$platform")\";tag=\"xietong\"") ;;
    *) fail "the answer is not signed as agreed, or not by this platform's key: $input" ;;
  esac
  created=${answer_params#"$covered;created="} created=${created%%;*}
  [ $((created - now)) -le 300 ] && [ $((now - created)) -le 300 ] || fail "the answer is of another time"
  printf '%s\n' "\"@status\": $status" "\"content-type\": $(header content-type)" \
    "\"content-digest\": $(header content-digest)" "\"exchange-id\": $(header exchange-id)" \
    "\"@method\";req: $method" "\"@path\";req: $path" "\"signature\";req: $signature" >"$work/base"
  printf '"@signature-params": %s' "$answer_params" >>"$work/base"
  value=$(header signature)
  value=${value#platform=:}
  printf '%s' "${value%:}" | openssl base64 -d -A >"$work/answer.sig"
  verify "$work/base" "$work/answer.sig" || fail "the signature of the answer does not verify"
  printf 'first-call: %s %s -> %s, exchange %s, verified\n' "$method" "$path" "$status" "$(header exchange-id)" >&2
}

# --- the two calls

call POST /v1/token token
[ "$status" = 200 ] || { cat "$work/body"; exit 22; }
token=$(sed -n 's/.*"accessToken":"\([^"]*\)".*/\1/p' "$work/body")

call GET "$target" case-handling -H "Authorization: Bearer $token"
cat "$work/body"
echo
case $status in 2??) ;; *) exit 22 ;; esac
