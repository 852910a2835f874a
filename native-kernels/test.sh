#!/bin/sh
# test.sh [--quick]: builds and runs the kernel tests. All of them: ReleaseSafe with undefined-behaviour checks and a dense
# grid for this processor; the other instruction sets' shapes, unoptimised and on a coarse grid; valgrind where present; the C
# border with gcc's address sanitizer where present. --quick: this processor's alone, unoptimised. Without Zig: one line
# and exit 0, or 1 where AXIOM_REQUIRE contains "native". AXIOM_VERBOSE=1 prints the measured ulps.
set -u
here=$(cd "$(dirname "$0")" && pwd)
quick=${1:-}
require() { case ",${AXIOM_REQUIRE:-}," in *native*) return 0 ;; *) return 1 ;; esac; }

if ! zig=$("$here/zig.sh"); then
  echo "kernel tests skipped: Zig could not be had (see above)"
  if require; then exit 1; else exit 0; fi
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# name, -mcpu, options, optimisation: ReleaseSafe, or Debug, which compiles four times as fast with the same checks
compile() {
  [ "$4" = Debug ] && backend=-fllvm || backend=
  # shellcheck disable=SC2086
  "$zig" test -O "$4" $backend -fsanitize-c=full -mcpu="$2" --dep options -Mroot="$here/tests.zig" \
    -Moptions="$here/src/options_$3.zig" -lc --test-no-exec -femit-bin="$work/$1" || { echo "$1: does not compile"; exit 1; }
}

tests() { # name, command in front
  name=$1
  shift
  if "$@" "$work/$name" >"$work/log" 2>&1; then
    [ -n "${AXIOM_VERBOSE:-}" ] && cat "$work/log"
    echo "kernel tests passed: $name${1:+ under $1}"
  else
    cat "$work/log"
    echo "kernel tests FAILED: $name${1:+ under $1}"
    failed=1
  fi
}

case $(uname -m) in
  x86_64 | amd64) model=x86_64_v3 own=avx2 ;;
  *) model=baseline own=neon ;;
esac
if [ $own = avx2 ] && [ -r /proc/cpuinfo ] && ! grep -qw avx2 /proc/cpuinfo; then model=x86_64 own=base; fi

if [ "$quick" = --quick ]; then
  compile $own $model narrow Debug
  AXIOM_QUICK=1 tests $own
  exit $failed
fi
compile $own $model narrow ReleaseSafe
tests $own
if [ $own = avx2 ]; then
  compile avx512-shapes x86_64_v3 wide Debug
  AXIOM_QUICK=1 tests avx512-shapes
  compile base x86_64 narrow Debug
  AXIOM_QUICK=1 tests base
fi
if grep -qw avx512vl /proc/cpuinfo 2>/dev/null; then
  compile avx512 x86_64_v4 narrow ReleaseSafe
  tests avx512
fi

if command -v valgrind >/dev/null 2>&1; then
  AXIOM_QUICK=1 tests $own valgrind --quiet --error-exitcode=9 --leak-check=no
else
  echo "valgrind run skipped: no valgrind"
fi

border() {
  "$here/build.sh" "$here/target/native-resources" || return 1
  library=$(find "$here/target/native-resources" -path "*/$(uname -s | tr A-Z a-z | sed s/darwin/macos/)*-$(uname -m | sed s/arm64/aarch64/)/*" -name '*axiom*.so' -o -name '*axiom*.dylib' | head -n 1)
  jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
  headers=$(dirname "$(ls "$jdk"/include/*/jni_md.h | head -n 1)")
  gcc -std=c11 -Wall -Wextra -Werror -g -fsanitize=address,undefined -fno-sanitize-recover=all -I"$jdk/include" -I"$headers" -I"$here/src" \
    "$here/test/shim_test.c" "$here/src/shim.c" "$library" -Wl,-rpath,"$(dirname "$library")" -lm -o "$work/border" &&
    "$work/border" "$here/kernels.def"
}
if command -v gcc >/dev/null 2>&1; then
  if border; then echo "border tests passed: shim.c under the address sanitizer"; else echo "border tests FAILED"; failed=1; fi
else
  echo "border tests skipped: no gcc"
fi
exit $failed
