#!/bin/sh
# Installs what `cargo bench --bench side` compares the program with, from public registries: Debian's packages and PyPI.
#
# Usage: tests/bench/peers.sh [FOLDER]
# It asks for no more than it needs: Debian's Python (SQLite FTS5 is part of its standard library), its Xapian and ripgrep, a Java 17, and of the
# package pyserini 1.6.0 the one jar that holds Lucene 9.9, which is put into FOLDER (160 MB; without a folder, Lucene is left out).
set -eu

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

as_root apt-get update
as_root apt-get install --yes --no-install-recommends python3 python3-pip python3-xapian ripgrep openjdk-17-jdk-headless

if [ $# -ge 1 ]; then
    mkdir -p "$1"
    folder=$(cd "$1" && pwd)
    # The jar lies in the source package; nothing of that is installed.
    python3 -m pip download --no-deps --dest "$folder" pyserini==1.6.0
    tar --extract --file "$folder/pyserini-1.6.0.tar.gz" --directory "$folder" --strip-components 4 --wildcards '*/anserini-*-fatjar.jar'
    echo "export LUCENE_JAR=$(echo "$folder"/anserini-*-fatjar.jar)"
fi
