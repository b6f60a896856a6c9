# Shared by ./run and ./test: a Python environment in .venv, made from a lock file, with nothing needed before.
# POSIX sh. Sourced, not run.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# The first Python that is new enough.
find_python() {
    for candidate in python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null 2>&1 \
            && "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# A command as root, where this person may.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# Try a command up to four times: a network has hiccups.
persist() {
    pause=2
    for attempt in 1 2 3; do
        if "$@"; then return 0; fi
        say "That did not work (attempt $attempt of 4); trying again in $pause seconds."
        sleep "$pause"
        pause=$((pause * 3))
    done
    "$@"
}

make_empty_environment() {
    rm -rf .venv
    if "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && "$PYTHON" -m venv .venv >/dev/null 2>&1; then
        return 0
    fi
    rm -rf .venv
    # Debian ships Python without ensurepip. A pinned virtualenv in a folder of our own needs neither root nor the system's permission.
    if "$PYTHON" -m pip --version >/dev/null 2>&1; then
        rm -rf .tools/virtualenv
        if persist "$PYTHON" -m pip install --quiet --disable-pip-version-check --root-user-action ignore --require-hashes --only-binary :all: --no-deps \
            --target .tools/virtualenv -r requirements/virtualenv.lock \
            && PYTHONPATH=.tools/virtualenv "$PYTHON" -m virtualenv --quiet --no-download --no-periodic-update .venv; then
            return 0
        fi
        rm -rf .venv
    fi
    say "Installing Debian's python3-venv, which is missing …"
    version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if as_root env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -q >/dev/null && apt-get install -qy python$version-venv >/dev/null"; then
        "$PYTHON" -m venv .venv >/dev/null && return 0
    fi
    fail "Python cannot make an environment here. Ask an administrator to run: apt-get install python3-venv. Then start this again."
}

# environment LOCK: make .venv hold exactly what LOCK says; the second time nothing is downloaded.
environment() {
    lock=$1
    stamp=.venv/installed-$(basename "$lock")
    PYTHON=$(find_python) || fail "Sightline needs Python 3.11 or later. On Debian or Ubuntu: apt-get install python3. Then start this again."
    if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
        say "Making a Python environment in .venv …"
        make_empty_environment
    fi
    if ! cmp -s "$lock" "$stamp"; then
        say "Installing what Sightline needs (about a minute, once) …"
        persist .venv/bin/python -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-input --retries 5 --timeout 60 \
            --require-hashes --only-binary :all: -r "$lock" \
            || fail "The requirements could not be installed. Check the network connection, then start this again; what is already here is kept."
        cp "$lock" "$stamp"
    fi
    # The source is used where it lies, so a change in it needs no installing.
    .venv/bin/python -c 'import sys, sysconfig; open(sysconfig.get_path("purelib") + "/sightline.pth", "w").write(sys.argv[1] + "/src\n")' "$PWD"
    printf '#!/bin/sh\nexec "$(dirname "$0")/python" -m sightline "$@"\n' >.venv/bin/sightline
    chmod +x .venv/bin/sightline
}
