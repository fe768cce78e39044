#!/bin/sh
# What lab.sh and explore.sh share; read by them, from the root of the course, with NAME, PORT,
# OTHER (what may hold the port) and PYTHON set.

fail() { printf '%s: %s\n' "$NAME" "$*" >&2; exit 1; }

# End with a clear line unless PORT is a number that can be listened on now.
check_port() {
    case "$PORT" in
        *[!0-9]* | "") fail "PORT=$PORT is not a number" ;;
    esac
    given=$PORT
    # a shell may take a zero in front for the sign of an octal number
    PORT=${PORT#"${PORT%%[!0]*}"}
    [ "${#PORT}" -le 5 ] && [ "${PORT:-0}" -ge 1024 ] && [ "$PORT" -le 65535 ] || fail "PORT=$given: choose one from 1024 to 65535"

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
        fail "port $PORT and the hundred after it are taken; try: make $NAME PORT=9999"
    elif [ "$free" != "$PORT" ]; then
        fail "port $PORT is taken, perhaps by another $OTHER; try: make $NAME PORT=$free"
    fi
}

# End with a clear line where Jupyter, which keeps its settings at home, could keep nothing.
check_home() {
    "$PYTHON" -c 'import os, sys
sys.exit(not os.access(os.path.expanduser("~"), os.W_OK | os.X_OK))' ||
        fail "there is no home folder to write to; name one: HOME=/tmp/me make $NAME"
}

# Make a folder in that of the course, or end with a clear line.
make_folder() {
    mkdir -p "$1" 2>/dev/null && [ -w "$1" ] ||
        fail "nothing can be written into this folder, $(pwd); copy the course to one of your own"
}

# Set browser to yes or no: whether there is a display to open one on.
find_display() {
    browser=yes
    case "$(uname -s)" in
        Linux) [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${WSL_DISTRO_NAME:-}" ] || browser=no ;;
        Darwin) [ -z "${SSH_CONNECTION:-}" ] || browser=no ;;
    esac
    if [ "$browser" = no ]; then
        echo "There is no display here, so no browser is opened: copy the address below into one."
    fi
}

# Print the address of a page with a token that is drawn anew, and open it. The server and what
# opens the browser are told the token through the environment, where other users of this computer
# cannot read it.
offer_page() {
    JUPYTER_TOKEN=$("$PYTHON" -c 'import secrets; print(secrets.token_hex(16))')
    export JUPYTER_TOKEN
    echo "    $1?token=$JUPYTER_TOKEN"
    if [ "$browser" = yes ]; then
        # until the server ends, which takes over the number of this shell
        "$PYTHON" scripts/open_in_browser.py "$1" $$ &
    fi
}
