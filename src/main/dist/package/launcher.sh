#!/bin/sh
# Starts the packaged program. jpackage's own launcher, whose place this takes on Linux, does the same, but
# asks rpm and dpkg at each start which package it came with, which takes longer than Java needs to begin.
# What to start, and how, is in the file that jpackage made for it.
set -eu
self=$(PATH=/usr/bin:/bin readlink -f -- "$0")
home=${self%/bin/*}
APPDIR=$home/lib/app

# A command needs a third of the classes that the window does, and has a cache of its own: the window's is longer
# in being linked than most commands are at work.
commands=" import export list show stats check estimate upgrade retry resume work mend undo purge diff verify \
  runs report locks break-lock snapshots snapshot restore models test-model lab "
kind=window
for word; do
  case $word in
    open) kind=window && break ;;
  esac
  case $commands in
    *" $word "*) kind=commands ;;
  esac
done

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
    java-options=-XX:AOTCache=*)
      [ "$kind" = window ] || value=${value%.aot}-$kind.aot
      set -- "$value" "$@"
      ;;
    java-options=*) set -- "$value" "$@" ;;
  esac
done <"$APPDIR/memory-console.cfg"
exec "$home/lib/runtime/bin/java" "$@"
