#!/bin/sh
# What lab.sh and explore.sh share; read by them, from the root of the course, with NAME, PORT,
# OTHER (what may hold the port) and PYTHON set.

fail() { printf '%s: %s\n' "$NAME" "$*" >&2; exit 1; }

# End with a clear line unless PORT is a number that can be listened on now.
check_port() {
    case "$PORT" in
        *[!0-9]* | "") fail "PORT=$PORT is not a number" ;;
    esac
    zeros=${PORT%%[!0]*}
    PORT=${PORT#"$zeros"}
    [ "${#PORT}" -le 5 ] && [ "${PORT:-0}" -ge 1024 ] && [ "$PORT" -le 65535 ] || fail "PORT=$PORT: choose one from 1024 to 65535"

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
