#!/usr/bin/env bash
# What must not stand in the sources (SQL has its own lint, src/store/lint.cpp). Prints file:line and what is wrong with it,
# then the usual closing line. Each rule must also find the line planted for it in tests/lint.planted.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

cpp=('src/*.cpp' 'src/*.hpp' 'tools/*.cpp' 'tools/*.hpp' 'tests/*.cpp' 'tests/*.hpp' 'fuzz/*.cpp' 'benchmarks/*.cpp')
product=('src/*.cpp' 'src/*.hpp' ':!*_test.cpp')
texts=(. ':!package-lock.json' ':!LICENSE' ':!tests/lint.sh' ':!tests/lint.planted')

total=0 failed=0
# name, why, regular expression (Perl's), files as git writes them
rule() {
  local name=$1 why=$2 pattern=$3 found
  shift 3
  total=$((total + 1))
  if ! sed -n "s/^$name: //p" tests/lint.planted | grep -qP -- "$pattern"; then
    echo "tests/lint.planted: the rule $name does not find its planted line"
    failed=$((failed + 1))
    return
  fi
  found=$(git ls-files -co --exclude-standard -- "$@" | xargs -r -d '\n' grep -HnIP -- "$pattern" 2>/dev/null)
  [ -z "$found" ] && return
  failed=$((failed + 1))
  printf '%s\n' "$found" | cut -c1-180
  echo "  ^ $name: $why"
}

rule nolint "say why: NOLINT: because" 'NOLINT(NEXTLINE)?(\([^)]*\))?\s*$' "${cpp[@]}"
rule ascii "C++ is ASCII; texts for people live in content and locales" '[^\x00-\x7F]' "${cpp[@]}" ':!*_test.cpp'
rule unfinished "finish it, or say it in an issue" '\b(TODO|FIXME|XXX|HACK)\b' "${texts[@]}"
rule machine-path "a path of one machine" '(?<![A-Za-z0-9_.$}*/-])/(work|root|home/[a-z]+)/' "${texts[@]}"
rule registry "a host of a package registry" 'registry\.npmjs|registry\.yarnpkg|deb\.debian\.org|pypi\.org|npmmirror' . ':!tests/lint.sh' ':!tests/lint.planted'
rule regex "RE2: linear time, whatever a person types" 'std::(basic_)?regex|#include <regex>' "${product[@]}"
rule shell "no shell, no unbounded copy" '(?<![A-Za-z_.>])(system|popen|strcpy|strcat|sprintf|gets|tmpnam|mktemp|rand|srand)\(' "${product[@]}"
rule console "standard output belongs to the command line" 'std::(cout|cerr)|\bprintf\(' "${product[@]}" ':!src/app/*'
rule local-time "days follow the library's zone (core/clock.hpp)" '\b(localtime|gmtime|mktime|strftime)(_r)?\(' "${product[@]}"
rule wall-clock "time is an argument (core/clock.hpp)" 'system_clock::now\(' "${product[@]}" ':!src/core/clock.cpp'
rule scope "made by the gate, a job, a signed link or the command line" '(?<!struct )(?<!Installation)\bScope\{[^}]' "${product[@]}" ':!src/store/*' ':!src/web/gate.cpp' ':!src/app/*' ':!src/identity/*'
rule browser-keeps "autocomplete=\"off\": else browsers keep marks in the file of their session" '<form(?![^>]*autocomplete="off")[^>]* data-autosave-sealed' 'src/*.html'
rule inline-script "the content policy forbids it" ' (on[a-z]+|style)="|<script>|<style>' 'src/*.html'

echo "$((total - failed)) passed, $failed failed"
[ "$failed" = 0 ]
