#!/bin/sh
# Lead neither Python nor pip astray; read by the other scripts, from the root of the course.
# What is unset here the Makefile does not pass on either.

unset PYTHONHOME PYTHONINSPECT PYTHONOPTIMIZE PYTHONPATH PYTHONPLATLIBDIR PYTHONSAFEPATH \
    PYTHONSTARTUP PYTHONUSERBASE PYTHONWARNINGS
# as activating the environment would; IPython adds the packages of another one that is named here
VIRTUAL_ENV=$(pwd)/.venv
export VIRTUAL_ENV

# Python takes an empty name for a home, and asks the system where there is none
[ -n "${HOME:-}" ] || unset HOME
