#!/bin/sh
# Install the packages listed in $1 that are missing, and venv for the Python $2. Does nothing where there is no apt.
set -eu
list=$1
python=$2
command -v apt-get >/dev/null 2>&1 || exit 0

missing=
while read -r package; do
  # Ubuntu 24.04 renamed some libraries (libglib2.0-0t64); a provided name counts as installed.
  dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done < "$list"
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  missing="$missing python$version-venv"
}
[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "As root, please run: apt-get install$missing" >&2; exit 1; }
  root=sudo
fi
echo "Installing system packages:$missing"
$root apt-get update -qq
# shellcheck disable=SC2086  # one word per package is meant
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
