#!/bin/sh
# Prints the path of Zig 0.16.0: AXIOM_ZIG, else zig on PATH, else .zig here, installed by pip when missing.
# Exit 1 and the reason on standard error when it cannot be had.
set -u
version=0.16.0
here=$(cd "$(dirname "$0")" && pwd)

is_right() { [ "$("$1" version 2>/dev/null)" = "$version" ]; }

if [ -n "${AXIOM_ZIG:-}" ]; then
  if is_right "$AXIOM_ZIG"; then echo "$AXIOM_ZIG"; exit 0; fi
  echo "AXIOM_ZIG=$AXIOM_ZIG is not Zig $version" >&2
  exit 1
fi
if on_path=$(command -v zig) && is_right "$on_path"; then echo "$on_path"; exit 0; fi

own=$here/.zig/ziglang/zig
if is_right "$own"; then echo "$own"; exit 0; fi
for pip in "python3 -m pip" "python -m pip" pip3 pip; do
  $pip --version >/dev/null 2>&1 || continue
  staging=$here/.zig.$$
  trap 'rm -rf "$staging"' EXIT
  if $pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
      --target "$staging" "ziglang==$version" >&2 && is_right "$staging/ziglang/zig"; then
    rm -rf "$here/.zig" && mv "$staging" "$here/.zig" && echo "$own" && exit 0
  fi
  echo "pip could not install ziglang==$version" >&2
  exit 1
done
echo "no Zig $version on PATH or in AXIOM_ZIG, and no pip to install it" >&2
exit 1
