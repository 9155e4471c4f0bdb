#!/bin/sh
# Builds the apps that have dependencies of their own, with the library as it is built now.
set -eu
cd "$(dirname "$0")"
for app in redis nest angular frameworks; do
  echo "examples/$app"
  # A copy, as a registry would give it, and not a link: a link would bring the library's own rxjs along. npm does not see
  # that a copy is out of date.
  rm -rf "$app/node_modules/rx-structured"
  npm install --prefix "$app" --no-audit --no-fund --loglevel error
  npm run build --prefix "$app" --if-present --silent
done
