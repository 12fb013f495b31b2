#!/usr/bin/env bash
# Makes the Java runtime of the archive: runtime.sh JAVA_HOME MODULES FOLDER
set -euo pipefail
java_home=$1 modules=$2 folder=$3

if [ ! -d "$java_home/jmods" ]; then
  echo "the JDK in $java_home has no jmods, so no runtime can be made of it" >&2
  exit 1
fi

# The same JDK and the same modules give the same runtime: nothing to do then.
recipe="$(cat "$java_home/release") $modules"
if [ -x "$folder/bin/java" ] && [ "$(cat "$folder.recipe" 2>/dev/null || true)" = "$recipe" ]; then
  exit 0
fi

rm -rf "$folder"
"$java_home/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --output "$folder"
# The archive of the JDK's own classes, on which those of the program's classes build.
"$folder/bin/java" -Xshare:dump >/dev/null
printf '%s' "$recipe" >"$folder.recipe"
