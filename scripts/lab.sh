#!/bin/sh
# Open JupyterLab at the first notebook.
#
#   sh scripts/lab.sh
#   PORT=9999 sh scripts/lab.sh
#   DRY_RUN=1 ...                say which command would run
#
# Jupyter's token stays on: the address that is printed holds it.
set -eu

cd "$(dirname "$0")/.."
PORT=${PORT:-8888}
FIRST=notebooks/00_start_here.ipynb
PYTHON=$(pwd)/.venv/bin/python

fail() { printf 'lab: %s\n' "$*" >&2; exit 1; }

case "$PORT" in
    *[!0-9]* | "") fail "PORT=$PORT is not a number" ;;
esac
[ "$PORT" -ge 1024 ] && [ "$PORT" -le 65535 ] || fail "PORT=$PORT: choose one from 1024 to 65535"

free=$("$PYTHON" - "$PORT" <<'PY'
import socket
import sys

def is_free(port):
    # as the server will: an old connection that still closes is no obstacle
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

first = int(sys.argv[1])
print(next((port for port in range(first, min(first + 100, 65536)) if is_free(port)), 0))
PY
)
if [ "$free" = 0 ]; then
    fail "port $PORT and the hundred after it are taken; try: make lab PORT=9999"
elif [ "$free" != "$PORT" ]; then
    fail "port $PORT is taken, perhaps by another JupyterLab; try: make lab PORT=$free"
fi

set -- --ip=127.0.0.1 --port="$PORT" --ServerApp.port_retries=0 \
    --ServerApp.log_level=ERROR --LabApp.log_level=ERROR --ServerApp.root_dir="$(pwd)" \
    --LabApp.default_url="/lab/tree/$FIRST" \
    --KernelManager.transport_encryption=auto \
    --ServerApp.kernel_websocket_connection_class=course_utils.kernel_socket.PromptConnection
if [ "$(id -u)" = 0 ]; then
    set -- "$@" --allow-root
fi
browser=yes
case "$(uname -s)" in
    Linux) [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${WSL_DISTRO_NAME:-}" ] || browser=no ;;
    Darwin) [ -z "${SSH_CONNECTION:-}" ] || browser=no ;;
esac
if [ "$browser" = no ]; then
    set -- "$@" --no-browser
    echo "There is no display here, so no browser is opened: copy the address below into one."
fi
echo "Starting JupyterLab on port $PORT; Ctrl-C twice ends it."

# this environment's kernel before any other of the same name in the user's home; the layout of
# the course's tabs is kept here too, beside it
JUPYTER_PREFER_ENV_PATH=1
JUPYTERLAB_WORKSPACES_DIR=$(pwd)/.venv/share/course/workspaces
export JUPYTER_PREFER_ENV_PATH JUPYTERLAB_WORKSPACES_DIR
PATH=$(pwd)/.venv/bin:$PATH
export PATH
if [ -n "${DRY_RUN:-}" ]; then
    printf '+ jupyter lab'
    printf ' %s' "$@"
    echo
    exit 0
fi
exec "$PYTHON" -m jupyterlab "$@"
