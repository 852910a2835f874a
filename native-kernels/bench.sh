#!/bin/sh
# bench.sh [MODEL]: speed of every kernel family on one thread of this machine. MODEL is zig's -mcpu (x86_64, x86_64_v3,
# x86_64_v4); the best this processor has without one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
zig=$("$here/zig.sh")
case $(uname -m) in
  x86_64 | amd64) if grep -qw avx512vl /proc/cpuinfo 2>/dev/null; then model=x86_64_v4; else model=x86_64_v3; fi ;;
  *) model=baseline ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$zig" build-exe -O ReleaseFast -mcpu="${1:-$model}" --dep options -Mroot="$here/bench.zig" \
  -Moptions="$here/src/options_narrow.zig" -lc -femit-bin="$work/bench"
"$work/bench"
