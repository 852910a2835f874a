#!/bin/sh
# build.sh OUTDIR: builds the native library for this platform, or for each of AXIOM_TARGETS ("linux-x86_64
# linux-aarch64 linux-musl-x86_64 macos-x86_64 macos-aarch64 windows-x86_64"), into
# OUTDIR/dev/axiomml/backend/jni/<os>-<arch>/. Without Zig or JDK headers: one line saying so and exit 0,
# or exit 1 where AXIOM_REQUIRE contains "native". Skips a target that is newer than all sources.
set -u
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUTDIR}
mkdir -p "$out" && out=$(cd "$out" && pwd) || exit 1

skip() {
  echo "native library skipped: $1"
  case ",${AXIOM_REQUIRE:-}," in *native*) exit 1 ;; esac
  exit 0
}

this_platform() {
  case $(uname -m) in x86_64 | amd64) arch=x86_64 ;; aarch64 | arm64) arch=aarch64 ;; *) arch=$(uname -m) ;; esac
  case $(uname -s) in
    Linux) if ldd --version 2>&1 | grep -qi musl; then os=linux-musl; else os=linux; fi ;;
    Darwin) os=macos ;;
    MINGW* | MSYS* | CYGWIN*) os=windows ;;
    *) os=$(uname -s) ;;
  esac
  echo "$os-$arch"
}

triple() {
  case $1 in
    linux-musl-*) echo "${1#linux-musl-}-linux-musl libaxiom.so" ;;
    linux-*) echo "${1#linux-}-linux-gnu.2.17 libaxiom.so" ;;
    macos-*) echo "${1#macos-}-macos libaxiom.dylib" ;;
    windows-*) echo "${1#windows-}-windows-gnu axiom.dll" ;;
  esac
}

# Instruction sets of an architecture, as zig's -mcpu.
models() {
  case $1 in x86_64*) echo "x86_64 x86_64_v3 x86_64_v4" ;; aarch64*) echo "baseline" ;; esac
}

jdk=${JAVA_HOME:-}
if [ ! -f "$jdk/include/jni.h" ] && javac=$(command -v javac); then
  jdk=$(dirname "$(dirname "$(readlink -f "$javac")")")
fi
[ -f "$jdk/include/jni.h" ] || skip "no JDK headers (include/jni.h) under JAVA_HOME or beside javac"
platform_headers=$(dirname "$(ls "$jdk"/include/*/jni_md.h | head -n 1)")

zig=$("$here/zig.sh") || skip "Zig could not be had (see above)"

build() { # platform
  set -- "$1" $(triple "$1")
  [ $# = 3 ] && [ -n "$(models "$2")" ] || skip "no kernels for platform $1"
  folder=$out/dev/axiomml/backend/jni/$1
  if [ -f "$folder/$3" ] && [ -z "$(find "$here" \( -path "$here/.zig*" -o -path "$here/target" -o -path "$here/test" \) -prune -o -type f -newer "$folder/$3" -print | head -n 1)" ]; then
    return 0
  fi
  work=$(mktemp -d) || exit 1
  pic="-fPIC"
  [ "${2#*windows}" != "$2" ] && pic=""
  objects=""
  for cpu in $(models "$2"); do
    # shellcheck disable=SC2086
    "$zig" build-obj -O ReleaseFast -fstrip -target "$2" -mcpu="$cpu" $pic --dep options -Mroot="$here/kernels.zig" \
      -Moptions="$here/src/options_narrow.zig" -lc -femit-bin="$work/kernels_$cpu.o" || { rm -rf "$work"; exit 1; }
    objects="$objects $work/kernels_$cpu.o"
  done
  # shellcheck disable=SC2086
  "$zig" build-lib -dynamic -O ReleaseFast -fstrip -target "$2" $pic -I"$jdk/include" -I"$platform_headers" \
    -cflags -std=c11 -Wall -Wextra -Werror -- "$here/src/shim.c" $objects -Mroot="$here/axiom.zig" \
    -lc --name axiom -femit-bin="$work/$3" || { rm -rf "$work"; exit 1; }
  mkdir -p "$folder" && mv "$work/$3" "$folder/$3.new" && mv "$folder/$3.new" "$folder/$3" || exit 1
  rm -rf "$work"
  echo "native library built: $1, $(wc -c < "$folder/$3") bytes"
}

for platform in ${AXIOM_TARGETS:-$(this_platform)}; do build "$platform"; done
