#!/bin/sh
# Open JupyterLab at the first notebook.
#
#   sh scripts/lab.sh
#   PORT=9999 sh scripts/lab.sh
#   DRY_RUN=1 ...                say which command would run
#
# The address that is printed holds a token that is drawn anew at every start.
set -eu

unset CDPATH
cd "$(dirname "$0")/.."
NAME=lab
OTHER=JupyterLab
PORT=${PORT:-8888}
FIRST=notebooks/00_start_here.ipynb
PYTHON=$(pwd)/.venv/bin/python
. scripts/own_environment.sh
. scripts/port_and_display.sh

check_port
check_home

# without the shim, which is for old settings and reads a deprecated one, with a warning
set -- --ip=127.0.0.1 --port="$PORT" --ServerApp.port_retries=0 --no-browser \
    --ServerApp.log_level=ERROR --LabApp.log_level=ERROR --ServerApp.root_dir="$(pwd)" \
    --ServerApp.jpserver_extensions="{'notebook_shim': False}" \
    --LabApp.default_url="/lab/tree/$FIRST" \
    --KernelManager.transport_encryption=auto \
    --ServerApp.kernel_websocket_connection_class=course_utils.kernel_socket.PromptConnection \
    --ContentsManager.pre_save_hook=course_utils.saved_pictures.keep_pictures
if [ "$(id -u)" = 0 ]; then
    set -- "$@" --allow-root
fi
find_display
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
make_folder "$JUPYTERLAB_WORKSPACES_DIR"
echo "Starting JupyterLab on port $PORT; Ctrl-C twice ends it."
offer_page "http://127.0.0.1:$PORT/lab/tree/$FIRST"
exec "$PYTHON" -m jupyterlab "$@"
