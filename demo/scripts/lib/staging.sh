# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what arguments.sh sets is used here, what is set here is used by the scripts

# One staging on this machine: a directory, and in it
#
#   config       what the server shows: its name and the whole configuration, a line each
#   data/        what the application stores; kept by archive, removed by cleanup
#   token        names the one server that may run for this staging; a server that finds another here ends itself
#   pid          process id and token of the server
#   port         port and token of the server that wrote it last, once it was listening
#   served       what the server answers to /status, for machines with neither curl nor wget
#   server.log   what the server printed
#
# Sourced after arguments.sh, with the directory of the scripts in $scripts.

demo_home=${OCTOPOD_DEMO_HOME:-${TMPDIR:-/tmp}/octopod-demo}
case $demo_home in /*) ;; *) demo_home=$PWD/$demo_home ;; esac

use_staging() {
    need namespace name
    for part in "$namespace" "$name"; do
        case $part in
            [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*) fail "\"$part\" can't be the name of a directory here." ;;
        esac
    done
    staging=$demo_home/$namespace/$name
    url=''
}

# --- the server's process -------------------------------------------------------------------------------

# Sets pid and token and succeeds when the staging's server is alive. By then the process id may be another
# process's, so the token must be in its command line.
server_is_alive() {
    pid='' token=''
    [ -f "$staging/pid" ] && read -r pid token <"$staging/pid" && [ -n "$token" ] || return 1
    is_ours "$pid" "$token"
}

is_ours() { # PID TOKEN
    kill -0 "$1" 2>/dev/null || return 1
    if [ -d /proc/self ]; then
        grep -q -F -e "$2" "/proc/$1/cmdline" 2>/dev/null
    else
        ps -p "$1" -o args= | grep -q -F -e "$2"
    fi
}

# Sets url and succeeds when the server that is alive has said where it listens.
server_listens() {
    port='' port_token=''
    [ -f "$staging/port" ] && read -r port port_token <"$staging/port" && [ "$port_token" = "$token" ] || return 1
    url=http://127.0.0.1:$port
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        java=$JAVA_HOME/bin/java
    else
        java=$(command -v java) || fail "There is no Java on this machine: the demo's web server needs a JDK, 17 or newer."
    fi
}

# A server that outlives this script: in a session of its own where there is setsid, with none of the script's
# streams, and with next to nothing of its environment. That is where Jenkins puts a build's credentials, which
# are none of the server's business, and the mark by which it finds processes that a build left behind.
start_server() {
    token=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
    [ -n "$token" ] || token=$$-$(date +%s)
    replace token "$token"
    detach=setsid
    command -v setsid >/dev/null || detach='nohup'
    (
        cd /
        exec "$detach" env -i "PATH=$PATH" "HOME=${HOME:-/}" "LC_ALL=${LC_ALL:-${LANG:-C}}" \
            "$java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
            "$scripts/lib/StagingServer.java" "$staging" "$token"
    ) </dev/null >>"$staging/server.log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    pid=$!
    replace pid "$pid $token"

    tries=300 # tenths of a second
    until server_listens; do
        if [ "$tries" -eq 0 ] || ! kill -0 "$pid" 2>/dev/null; then
            complain "The web server of $name didn't start. The end of its log:"
            tail -n 20 "$staging/server.log" >&2
            stop_server
            exit 1
        fi
        tries=$((tries - 1))
        nap
    done
}

stop_server() {
    if server_is_alive; then
        kill "$pid" 2>/dev/null || :
        tries=100
        while is_ours "$pid" "$token"; do
            if [ "$tries" -eq 0 ]; then fail "Process $pid, the web server of $name, doesn't end."; fi
            if [ "$tries" -eq 50 ]; then kill -9 "$pid" 2>/dev/null || :; fi
            tries=$((tries - 1))
            nap
        done
    fi
    rm -f "$staging/pid" "$staging/token" "$staging/served"
}

nap() {
    sleep 0.1 2>/dev/null || sleep 1
}

# --- what is asked of the server ------------------------------------------------------------------------

# Sets served_tag and healthy, and succeeds when it is this staging's own server that answers.
ask_server() {
    if command -v curl >/dev/null; then
        answer=$(curl --noproxy '*' -fsS -m 5 "$url/status" 2>/dev/null) || return 1
    elif command -v wget >/dev/null; then
        answer=$(http_proxy='' wget -q -T 5 -O - "$url/status" 2>/dev/null) || return 1
    else
        answer=$(cat "$staging/served" 2>/dev/null) || return 1
    fi
    served_token='' served_tag='' healthy=''
    while IFS='=' read -r key value; do
        case $key in
            token) served_token=$value ;;
            tag) served_tag=$value ;;
            healthy) healthy=$value ;;
        esac
    done <<ANSWER
$answer
ANSWER
    [ "$served_token" = "$token" ]
}

# --- its files ------------------------------------------------------------------------------------------

replace() { # FILE LINE: whoever reads it finds the old line or the new one
    printf '%s\n' "$2" >"$staging/.$1.$$"
    mv -f "$staging/.$1.$$" "$staging/$1"
}

write_config() {
    config=$staging/.config.$$
    {
        config_line project name "$project_name"
        config_line staging name "$name"
        each_deployment config_deployment
        each_application config_application
    } >"$config"
    mv -f "$config" "$staging/config"
}

config_deployment() { config_line deployment "$1" "$2"; }
config_application() { config_line application "$1" "$2"; }

config_line() { # KIND KEY VALUE: a line break in a value becomes \n, so that a line stays a line
    line="$2=$3"
    case $line in
        *[\\]* | *"$line_break"*)
            line=$(printf '%s.' "$line" | sed -e 's/\\/\\\\/g' | awk 'NR > 1 { printf "\\n" } { printf "%s", $0 }')
            line=${line%.}
            ;;
    esac
    printf '%s %s\n' "$1" "$line"
}

line_break='
'

# --- what create, update and unarchive have in common ---------------------------------------------------

deploy() {
    find_java
    umask 077
    mkdir -p "$staging/data" || fail "The demo can't write to $staging."
    deployment_value image.tag
    printf '%s %s, image tag "%s", for project %s\n' "$1" "$name" "$value" "$project_name"
    each_deployment say_pair
    progress
    fail_on_demand
    if server_is_alive; then
        printf 'Stopping the server of the old configuration (process %s)\n' "$pid"
    fi
    stop_server
    write_config
    printf 'Starting the web server\n'
    start_server
    printf 'Listening on %s/ (process %s)\n' "$url" "$pid"
}

say_pair() {
    printf '  %s = %s\n' "$1" "$2"
}

# --- the knobs for showing what takes time and what goes wrong ------------------------------------------

# The deployment key demo.delay: seconds that create and update take longer.
progress() {
    deployment_value demo.delay 0
    case $value in '' | *[!0-9]*) return ;; esac
    delay=$value second=0
    if [ "$delay" -gt 0 ]; then
        complain "demo.delay is set: this takes $delay s longer than it need."
    fi
    while [ "$second" -lt "$delay" ]; do
        sleep 1
        second=$((second + 1))
        printf 'Pulling the image: second %s of %s\n' "$second" "$delay"
    done
}

# The deployment key demo.fail: the name of the script that shall fail.
fail_on_demand() {
    deployment_value demo.fail
    if [ "$value" = "${0##*/}" ]; then
        fail "${0##*/} of $name fails because the deployment key demo.fail says so."
    fi
}
