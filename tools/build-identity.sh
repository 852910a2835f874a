#!/usr/bin/env bash
# build-identity.sh VERSION FILE: writes which Axiom this is, as properties. Sources without their own git, such as a
# source archive, even one unpacked inside of another repository, have an unknown commit.
set -euo pipefail

version=$1 file=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
commit=unknown dirty=unknown
if command -v git >/dev/null && [ "$(git -C "$root" rev-parse --show-toplevel 2>/dev/null)" = "$root" ]; then
  commit=$(git -C "$root" rev-parse --verify HEAD 2>/dev/null || echo unknown)
  [ -z "$(git -C "$root" status --porcelain --untracked-files=no 2>/dev/null)" ] && dirty=false || dirty=true
fi
mkdir -p "$(dirname "$file")"
printf 'version=%s\ncommit=%s\ndirty=%s\n' "$version" "$commit" "$dirty" >"$file"
