#!/bin/sh
# Make .venv ready: find a Python, create the environment, install the versions that were tested.
#
#   sh scripts/set_up.sh             everything; nothing is done where nothing changed
#   sh scripts/set_up.sh lab torch   these extras of pyproject.toml, beside those that are there
#   TORCH=cpu sh scripts/set_up.sh   PyTorch's own CPU packages: a quarter of the size
#   PYTHON=/path/to/python3 ...      this Python and no other
#   DRY_RUN=1 ...                    say which commands would run, run none of them
#
# An environment is renewed in place, after everything for it has been fetched and checked: without a
# network the old one stays as it is. The stamp in .venv is written last: what the environment was made
# from, the kind of PyTorch in it and its extras. A mark stands beside it while something is under
# way, so that what was interrupted is gone on with.
set -eu

unset CDPATH
cd "$(dirname "$0")/.."
NAME=set-up
. scripts/own_environment.sh
# Of pip's own variables those stay that say where packages come from and how they are fetched
for variable in $(env | sed -n 's/^\(PIP_[A-Z_]*\)=.*/\1/p'); do
    case "$variable" in
        PIP_INDEX_URL | PIP_EXTRA_INDEX_URL | PIP_FIND_LINKS | PIP_NO_INDEX | PIP_CONFIG_FILE | \
        PIP_TRUSTED_HOST | PIP_CERT | PIP_CLIENT_CERT | PIP_PROXY | PIP_KEYRING_PROVIDER | \
        PIP_CACHE_DIR | PIP_NO_CACHE_DIR | PIP_TIMEOUT | PIP_DEFAULT_TIMEOUT | PIP_RETRIES) ;;
        *) unset "$variable" ;;
    esac
done
VENV=.venv
STAMP=$VENV/course-stamp
UNFINISHED=$VENV/course-unfinished
# PyTorch's own index: the only place that has packages without CUDA for Linux
TORCH_CPU_INDEX=https://download.pytorch.org/whl/cpu

say() { printf '%s\n' "$*"; }
fail() { printf 'set-up: %s\n' "$*" >&2; exit 1; }
run() {
    if [ -n "${DRY_RUN:-}" ]; then say "+ $*"; else "$@"; fi
}

EXTRAS="lab torch authoring test"
# whether a word is one of those in a list
among() { case " $2 " in *" $1 "*) ;; *) return 1 ;; esac; }

for extra in "$@"; do
    among "$extra" "$EXTRAS" || fail "there is no extra $extra; there are: $EXTRAS"
done
asked=${*:-$EXTRAS}

case "${TORCH:-}" in
    "" | cpu) ;;
    *) fail "TORCH=$TORCH is not known; TORCH=cpu takes PyTorch without CUDA, no TORCH takes the default" ;;
esac

# What the environment is made from. The folder counts too: an environment cannot be moved.
wanted() {
    version=$("$VENV/bin/python" -c 'import sys; print(sys.version)' 2>/dev/null) || return 1
    sum=$({ cat pyproject.toml constraints.txt; pwd; printf '%s' "$version"; } | cksum)
    printf '%s\n' "$sum"
}

# Read what is there; end where nothing is to be done.
look() {
    kind=$(sed -n 2p "$UNFINISHED" 2>/dev/null) || kind=
    [ -n "$kind" ] || kind=$(sed -n 2p "$STAMP" 2>/dev/null) || kind=
    present=$(sed -n 3p "$STAMP" 2>/dev/null) || present=
    missing= # of what is asked for
    extras=  # what the environment will have
    for extra in $EXTRAS; do
        if among "$extra" "$present"; then
            extras="$extras $extra"
        elif among "$extra" "$asked"; then
            missing="$missing $extra"
            extras="$extras $extra"
        fi
    done
    if [ -z "$missing" ] && [ ! -e "$UNFINISHED" ] && [ "$(sed -n 1p "$STAMP")" = "$(wanted)" ]; then
        speak_of_cuda
        exit 0
    fi
}
speak_of_cuda() {
    if [ "${TORCH:-}" = cpu ] && [ "$kind" = cuda ]; then
        say "This environment already has PyTorch with CUDA, which runs without a GPU too."
        say "To replace it by the smaller one: rm -rf $VENV && make lab TORCH=cpu"
    fi
}
look

# A Python that is new enough
PYTHON_FOUND=
TOO_OLD=
for candidate in "${PYTHON:-python3}" ${PYTHON:+""} python3.14 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || break # PYTHON was given: no other is tried
    version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        PYTHON_FOUND=$candidate
        break
    fi
    TOO_OLD="$TOO_OLD $candidate is $version;"
done
if [ -z "$PYTHON_FOUND" ]; then
    [ -n "$TOO_OLD" ] && fail "Python 3.11 or newer is needed, but$TOO_OLD install a newer one, then: make lab PYTHON=/path/to/python3"
    fail "Python 3.11 or newer is needed, and no ${PYTHON:-python3} was found; see https://www.python.org/downloads/"
fi
"$PYTHON_FOUND" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "this Python ($version) has no venv module; on Debian and Ubuntu: sudo apt install python${version%.*}-venv"

# One at a time. The lock belongs to the open file, which this shell and what it starts hold: it
# ends with the last of them, however they end.
if [ -z "${DRY_RUN:-}" ]; then
    (: >>.venv.lock) 2>/dev/null ||
        fail "nothing can be written into this folder, $(pwd); copy the course to one of your own"
    exec 9>>.venv.lock
    "$PYTHON_FOUND" -c '
import fcntl, signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another set-up of this folder is under way; waiting for its end.", flush=True)
    fcntl.flock(9, fcntl.LOCK_EX)
except OSError:
    pass  # a disk without locks, as some networks have
'
    look
fi

# An environment that was not yet one, or whose Python is gone, is made anew
anew=
if [ ! -e "$VENV" ]; then
    anew=yes
elif [ "$(sed -n 1p "$UNFINISHED" 2>/dev/null)" = creating ]; then
    say "The last set-up was interrupted; starting again."
    anew=yes
elif ! "$VENV/bin/python" -c 'import os, sys, sysconfig
sys.exit(sys.version_info < (3, 11) or not os.path.isdir(sysconfig.get_path("purelib")))' 2>/dev/null; then
    say "The environment in $VENV does not run any more; making it anew."
    anew=yes
fi

# Which PyTorch, and the space for it: measured just before the fetched files are removed
need=2
new_torch=
if among torch "$extras"; then
    if [ -n "$anew" ] || ! among torch "$present"; then
        kind=${TORCH:-${kind:-cuda}}
        [ "$(uname -s)" != Darwin ] || kind=cpu
        new_torch=$kind
        need=9
        [ "$kind" = cuda ] || need=3
    else
        speak_of_cuda
    fi
fi
if [ -n "$anew$new_torch" ]; then
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
    if [ "$free" -lt "$need" ]; then
        small=
        [ "$new_torch" = cuda ] && small="; without a GPU, make lab TORCH=cpu needs 3 GB"
        fail "no space: about $need GB are needed on this disk and $free GB are free$small"
    fi
fi

# what is under way, and the kind of PyTorch, which is kept also when everything else is lost
mark() { [ -n "${DRY_RUN:-}" ] || printf '%s\n%s\n' "$1" "$kind" >"$UNFINISHED"; }
if [ -n "$anew" ]; then
    say "Creating $VENV with Python $version"
    if [ -z "${DRY_RUN:-}" ]; then
        mkdir -p "$VENV"
        mark creating
        find "$VENV/" -mindepth 1 -maxdepth 1 ! -name "${UNFINISHED#*/}" -exec rm -rf {} +
    fi
    run "$PYTHON_FOUND" -m venv "$VENV"
    mark installing
elif [ -e "$UNFINISHED" ] && [ -z "${DRY_RUN:-}" ]; then
    say "The last set-up was interrupted; going on with it."
    # pip writes these two last: a package without them is not whole
    "$VENV/bin/python" -c 'import pathlib, shutil, sysconfig
site = pathlib.Path(sysconfig.get_path("purelib"))
halves = [d for d in site.glob("*.dist-info") if not all((d / n).exists() for n in ("INSTALLER", "RECORD"))]
for left in [*halves, *site.glob("~*")]:
    shutil.rmtree(left) if left.is_dir() else left.unlink()'
fi
"$VENV/bin/python" -m pip --version >/dev/null 2>&1 || run "$VENV/bin/python" -m ensurepip >/dev/null ||
    fail "there is no pip in $VENV, and it could not be put back (see above); rm -rf $VENV, then start again"

# pip's files of settings may say where packages come from, not where they go
away=$("$VENV/bin/python" -m pip config list 2>/dev/null |
    sed -nE 's/^((global|install|download)\.(target|prefix|root|python|dry-run|dest))=.*/\1/p')
[ -z "$away" ] ||
    fail "pip's settings name $away, and would install elsewhere; try: PIP_CONFIG_FILE=/dev/null in front of make"

quiet=-q
[ -t 1 ] && quiet=--progress-bar=on
# pip unpacks where the space was measured: /tmp is small on some systems
scratch=$(pwd)/$VENV/tmp
if [ -z "${DRY_RUN:-}" ]; then
    rm -rf "$scratch"
    mkdir -p "$scratch"
    trap 'rm -rf "$scratch"' EXIT
fi
pip() { run env TMPDIR="$scratch" "$VENV/bin/python" -m pip "$@"; }
# compiles nothing: Python compiles what is imported, a small part, the first time it is
install() { pip install --disable-pip-version-check --no-input --no-compile --no-user "$@"; }
pinned() { sed -n "s/^\($1==[^ ]*\).*/\1/p" constraints.txt; }
# the lines of hashes.txt for what is named, in a file
pin_by_hash() {
    [ -n "${DRY_RUN:-}" ] || "$VENV/bin/python" scripts/pin_by_hash.py "$@" >"$scratch/needed.txt"
}
has() {
    "$VENV/bin/python" -c 'import importlib.metadata as m, sys
name, version = sys.argv[1].split("==")
sys.exit(m.version(name) != version)' "$1" 2>/dev/null
}
# whether what was asked for can be imported
works() {
    modules="matplotlib.pyplot, numpy, course_utils.exercises"
    among lab "$1" && modules="$modules, anywidget, jupyterlab, skimage, sklearn"
    among torch "$1" && modules="$modules, torchvision"
    among authoring "$1" && modules="$modules, jupytext"
    among test "$1" && modules="$modules, pytest"
    "$VENV/bin/python" -c "import $modules"
}
# Nothing could be fetched: the environment as it is will do, if it has what was asked for.
failed() {
    if [ -e "$STAMP" ] && [ -z "$missing" ] && works "$asked" 2>/dev/null; then
        say "set-up: $* (see above). Going on with the environment as it is;"
        say "the same command tries again, when there is a network."
        exit 0
    fi
    fail "$* (see above); run the same command again to go on"
}

# What installs the rest
pin_by_hash pip setuptools || failed "pip's checksum is not known"
install -q --require-hashes --no-deps --requirement "$scratch/needed.txt" ||
    failed "pip could not be renewed"

set --
if [ "$kind" = cpu ] && [ "$(uname -s)" = Linux ] && among torch "$extras" &&
    ! { has "$(pinned torch)+cpu" && has "$(pinned torchvision)+cpu"; }; then
    # only these two come from there; they satisfy the versions in constraints.txt
    say "Fetching PyTorch without CUDA (about 200 MB)"
    pip download --disable-pip-version-check --no-input $quiet --no-deps --dest "$scratch" \
        --index-url "$TORCH_CPU_INDEX" "$(pinned torch)" "$(pinned torchvision)" ||
        failed "PyTorch's CPU packages could not be fetched"
    set -- --find-links "$scratch"
fi
size=
[ "$new_torch" = cuda ] && size=", PyTorch with CUDA among them: about 3 GB to download, some minutes"
say "Finding the packages of constraints.txt for$extras$size"
course=".[$(printf %s "${extras# }" | tr ' ' ,)]"
install -q --dry-run --report "$scratch/report.json" --no-build-isolation "$@" \
    --constraint constraints.txt --editable "$course" || failed "the packages could not be found"
pin_by_hash --report "$scratch/report.json" || failed "a package is not one of those that were tested"
# pip fetches and checks all of them before it installs the first
say "Installing them"
mark installing
if [ -n "${DRY_RUN:-}" ] || [ -s "$scratch/needed.txt" ]; then
    install $quiet --require-hashes --no-deps --only-binary :all: --requirement "$scratch/needed.txt" ||
        failed "the packages could not be installed"
fi
set -- "$scratch"/*.whl
[ -e "$1" ] || set --
install $quiet --no-index --no-deps --no-build-isolation "$@" --editable "$course" ||
    failed "the course could not be installed"

if [ -z "${DRY_RUN:-}" ]; then
    # JupyterLab asks every newcomer about news and looks for updates. The answer is written into
    # this environment; the settings in the user's home are not touched, and win where they differ.
    settings=$VENV/share/jupyter/lab/settings
    mkdir -p "$settings"
    cat >"$settings/overrides.json" <<'JSON'
{
  "@jupyterlab/apputils-extension:notification": {
    "fetchNews": "false",
    "checkForUpdates": false
  }
}
JSON
    # what JupyterLab runs by Node.js is no module, whatever the course's package.json says
    echo '{}' >"$VENV/package.json"
    works "$extras" || fail "a package was installed but cannot be imported (see above)"
    { wanted; say "$kind"; say "${extras# }"; } >"$STAMP"
    rm -f "$UNFINISHED"
fi
say "Ready."
