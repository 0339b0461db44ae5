#!/bin/sh
# Builds the peer into the given folder (default: next to this script). Needs g++ and ADOL-C (Debian: libadolc-dev).
set -eu
here=$(dirname "$0")
g++ -std=c++17 -O3 -march=native -o "${1:-$here}/adolc-peer" "$here/peer.cpp" -ladolc
