#!/bin/sh
# Serve all explorers on one page, with Voilà, and open it.
#
#   sh scripts/explore.sh
#   PORT=9999 sh scripts/explore.sh
#   DRY_RUN=1 ...                    say which command would run
#
# The address that is printed holds a token that is drawn anew at every start.
set -eu

unset CDPATH
cd "$(dirname "$0")/.."
NAME=explore
OTHER="page of explorers"
PORT=${PORT:-8866}
PAGE=build/explore/explorers.ipynb
PYTHON=$(pwd)/.venv/bin/python
. scripts/own_environment.sh
. scripts/port_and_display.sh

check_port
check_home
find_display

set -- --Voila.ip=127.0.0.1 --port="$PORT" --Voila.port_retries=0 --no-browser --token \
    --Voila.log_level=ERROR --template=course --KernelManager.transport_encryption=auto \
    --Voila.kernel_websocket_connection_class=course_utils.kernel_socket.PromptConnection
if [ -n "${DRY_RUN:-}" ]; then
    printf '+ voila %s' "$PAGE"
    printf ' %s' "$@"
    echo
    exit 0
fi

make_folder build/explore
"$PYTHON" -m course_utils.explorers.gallery "$PAGE"
# What Voilà and its kernels leave behind lies in a folder that bears the number of this process,
# which Voilà takes over; that of one that was killed is swept here.
for left in build/explore/tmp/*; do
    [ ! -d "$left" ] || kill -0 "${left##*/}" 2>/dev/null || rm -rf "$left"
done
TMPDIR=$(pwd)/build/explore/tmp/$$
make_folder "$TMPDIR"
export TMPDIR
# this environment's kernel before any other of the same name in the user's home
JUPYTER_PREFER_ENV_PATH=1
# where Voilà finds the template, and settings that have no form for the command line: of the
# extensions of JupyterLab only those that draw widgets, for Voilà has an older core than others need
JUPYTER_CONFIG_PATH=$(pwd)/scripts/jupyter${JUPYTER_CONFIG_PATH:+:$JUPYTER_CONFIG_PATH}
JUPYTER_PATH=$(pwd)/scripts/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}
export JUPYTER_PREFER_ENV_PATH JUPYTER_CONFIG_PATH JUPYTER_PATH
PATH=$(pwd)/.venv/bin:$PATH
export PATH
echo "Starting the page of explorers; it takes some seconds to appear. Ctrl-C ends it."
offer_page "http://127.0.0.1:$PORT/"
exec "$PYTHON" -m voila "$PAGE" "$@"
