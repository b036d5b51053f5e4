#!/bin/sh
# wrong_code_test.sh COMPILER SOURCES: that wrong code does not compile, and right code does.
compiler=$1
root=$2
try() { "$compiler" -std=c++20 -fsyntax-only -w -DWRONG="$1" -I "$root/src" "$root/tools/viewc/sample/wrong_code.cpp" >/dev/null 2>&1; }
try 0 || { echo "right code does not compile"; exit 1; }
count=$(grep -c 'WRONG == ' "$root/tools/viewc/sample/wrong_code.cpp")
i=1
while [ "$i" -le "$count" ]; do
  if try "$i"; then echo "WRONG == $i compiles"; exit 1; fi
  i=$((i + 1))
done
echo "$count pieces of wrong code are refused"
