#!/bin/sh
# Make .venv ready: find a Python, create the environment, install the versions that were tested.
#
#   sh scripts/set_up.sh             everything; nothing is done where nothing changed
#   sh scripts/set_up.sh lab torch   these extras of pyproject.toml, beside those that are there
#   TORCH=cpu sh scripts/set_up.sh   PyTorch's own CPU packages: a quarter of the size
#   PYTHON=/path/to/python3 ...      this Python and no other
#   DRY_RUN=1 ...                    say which commands would run, run none of them
#
# The stamp in .venv is written last: what the environment was made from, the kind of PyTorch in it
# and its extras. An environment without it was interrupted and is made anew.
set -eu

cd "$(dirname "$0")/.."
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

kind=$(sed -n 2p "$STAMP" 2>/dev/null) || kind=
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

if [ "${TORCH:-}" = cpu ] && [ "$kind" = cuda ] && [ ! -e "$UNFINISHED" ]; then
    say "This environment already has PyTorch with CUDA, which runs without a GPU too."
    say "To replace it by the smaller one: rm -rf $VENV && make lab TORCH=cpu"
fi
if [ -z "$missing" ] && [ ! -e "$UNFINISHED" ] && [ "$(sed -n 1p "$STAMP")" = "$(wanted)" ]; then
    exit 0
fi

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

# An environment that was interrupted, or whose Python is gone, is made anew
if [ -e "$UNFINISHED" ]; then
    say "The last set-up was interrupted; starting again."
    run rm -rf "$VENV"
    kind=
elif [ -e "$VENV" ] && ! "$VENV/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "The environment in $VENV does not run any more; making it anew."
    run rm -rf "$VENV"
    kind=
fi

# Space: measured with the packages and what pip holds beside them while it unpacks
need=2
new_torch=
if [ -z "$kind" ] && among torch "$extras"; then
    new_torch=cuda
    need=8
    if [ "${TORCH:-}" = cpu ] || [ "$(uname -s)" = Darwin ]; then
        new_torch=cpu
        need=3
    fi
    kind=$new_torch
fi
if [ ! -x "$VENV/bin/python" ] || [ -n "$new_torch" ]; then
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
    if [ "$free" -lt "$need" ]; then
        small=
        [ "$new_torch" = cuda ] && small="; without a GPU, make lab TORCH=cpu needs 3 GB"
        fail "no space: about $need GB are needed on this disk and $free GB are free$small"
    fi
fi
if [ ! -x "$VENV/bin/python" ]; then
    say "Creating $VENV with Python $version"
    run "$PYTHON_FOUND" -m venv "$VENV"
fi
[ -n "${DRY_RUN:-}" ] || : >"$UNFINISHED"

quiet=-q
[ -t 1 ] && quiet=--progress-bar=on
# pip unpacks where the space was measured: /tmp is small on some systems
scratch=$(pwd)/$VENV/tmp
[ -n "${DRY_RUN:-}" ] || mkdir -p "$scratch"
# and compiles nothing: Python compiles what is imported, a small part, the first time it is
pip() {
    run env TMPDIR="$scratch" "$VENV/bin/python" -m pip install \
        --disable-pip-version-check --no-input --no-compile $quiet "$@"
}
pinned() { sed -n "s/^\($1==[^ ]*\).*/\1/p" constraints.txt; }
failed() { fail "$* (see above); run the same command again to go on"; }

# measured with Python 3.11.7: its own pip needs 112 s of processor time for what this one does in 80
pip "$(pinned pip)" || failed "pip could not be renewed"

if [ "$new_torch" = cpu ] && [ "$(uname -s)" = Linux ]; then
    # only these two come from there; they satisfy the versions in constraints.txt
    say "Installing PyTorch without CUDA (about 200 MB to download)"
    pip --index-url "$TORCH_CPU_INDEX" --no-deps "$(pinned torch)" "$(pinned torchvision)" ||
        failed "PyTorch's CPU packages could not be fetched"
fi
size=
[ "$new_torch" = cuda ] && size=", PyTorch with CUDA among them: about 3 GB to download, some minutes"
say "Installing the packages of constraints.txt for$extras$size"
pip --constraint constraints.txt --editable ".[$(printf %s "${extras# }" | tr ' ' ,)]" ||
    failed "the packages could not be installed"

# JupyterLab asks every newcomer about news and looks for updates. The answer is written into this
# environment; the settings in the user's home are not touched, and win where they differ.
settings=$VENV/share/jupyter/lab/settings
if [ -z "${DRY_RUN:-}" ]; then
    mkdir -p "$settings"
    cat >"$settings/overrides.json" <<'JSON'
{
  "@jupyterlab/apputils-extension:notification": {
    "fetchNews": "false",
    "checkForUpdates": false
  }
}
JSON
    modules="matplotlib.pyplot, numpy, course_utils.exercises"
    among lab "$extras" && modules="$modules, anywidget, jupyterlab, skimage, sklearn"
    among torch "$extras" && modules="$modules, torchvision"
    among authoring "$extras" && modules="$modules, jupytext"
    among test "$extras" && modules="$modules, pytest"
    "$VENV/bin/python" -c "import $modules" ||
        fail "a package was installed but cannot be imported (see above)"
    rm -rf "$scratch"
    { wanted; say "$kind"; say "${extras# }"; } >"$STAMP"
    rm -f "$UNFINISHED"
fi
say "Ready."
