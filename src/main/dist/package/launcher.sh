#!/bin/sh
# Starts the packaged program. jpackage's own launcher, whose place this takes on Linux, does the same, but
# asks rpm and dpkg at each start which package it came with, which takes longer than Java needs to begin.
# What to start, and how, is in the file that jpackage made for it.
set -eu
self=$(PATH=/usr/bin:/bin readlink -f -- "$0")
home=${self%/bin/*}
APPDIR=$home/lib/app

classpath=
main=
while IFS= read -r line; do
  value=${line#*=}
  case $value in
    *'$APPDIR'*) value=${value%%'$APPDIR'*}$APPDIR${value#*'$APPDIR'} ;;
  esac
  case $line in
    app.classpath=*) classpath=${classpath:+$classpath:}$value ;;
    app.mainclass=*) main=$value ;;
    # What follows comes before all that was gathered until then.
    '[JavaOptions]') set -- -cp "$classpath" "$main" "$@" ;;
    java-options=*) set -- "$value" "$@" ;;
  esac
done <"$APPDIR/memory-console.cfg"
exec "$home/lib/runtime/bin/java" "$@"
