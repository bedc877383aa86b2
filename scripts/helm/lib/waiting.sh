# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# Prints what Helm waits for, and ends a deployment that can't become ready. Sourced after cluster.sh. Helm waits
# silently until its time limit, and then reports only that. The cluster itself shows the cause.

# Seconds between two polls, and the number of consecutive polls without its image after which a pod is given up.
look_seconds=2
image_looks=8
# Number of restarts after which a crashing container is given up. Some need one or two until a database is available.
crash_restarts=4

# Maximum number of attempts of a deployment that loses the cluster, and of polls of the cluster before each further
# attempt.
most_attempts=3
most_questions=60

# helm_until_ready COMMAND...: runs that helm command with all values, and prints what it waits for. Fails with a
# sentence that names the cause.
helm_until_ready() {
    : >"$work/before"
    : >"$work/events-before"
    [ -f "$work/hooks" ] || : >"$work/hooks"
    pods_before
    helm_pid='' watcher='' attempt=1
    trap 'end_waiting; rm -rf "$work"' EXIT
    while ! attempt_deployment "$@"; do
        reason "$work/helm.err"
        if [ "$attempt" -eq "$most_attempts" ] || ! has_lost_cluster; then
            cat "$work/helm.err" >&2
            explain_failure
        fi
        attempt=$((attempt + 1))
        complain "The cluster stopped answering: $reason"
        await_cluster
        printf 'The cluster answers again: the deployment is begun anew\n'
        forget_killed
    done
    cat "$work/helm.err" >&2
}

attempt_deployment() {
    : >"$work/seen"
    with_values exec "$@" 2>"$work/helm.err" &
    helm_pid=$!
    watch_over "$helm_pid" &
    watcher=$!
    failed=false
    wait "$helm_pid" || failed=true
    helm_pid=''
    end_waiting
    if [ -f "$work/gave-up" ]; then
        fail "$(cat "$work/gave-up")"
    fi
    ! "$failed"
}

# has_lost_cluster: succeeds if Helm has failed because it couldn't connect to the cluster. A webhook that the cluster
# can't reach is a different problem.
has_lost_cluster() {
    ! grep -q -e 'calling webhook' "$work/helm.err" || return 1
    grep -q -e 'connection refused' -e 'connection reset' -e 'connection lost' -e 'no route to host' -e 'TLS handshake timeout' \
        -e 'i/o timeout' -e 'unexpected EOF' -e ': EOF$' -e 'etcdserver: ' -e 'apiserver is shutting down' "$work/helm.err"
}

await_cluster() {
    questions=0
    until "$kubectl" version --request-timeout=5s >/dev/null 2>&1; do
        questions=$((questions + 1))
        [ "$questions" -lt "$most_questions" ] || fail "The cluster doesn't answer: $reason"
        sleep "$look_seconds"
    done
}

# Ends the background processes of this script.
end_waiting() {
    for each in $watcher $helm_pid; do
        kill "$each" 2>/dev/null || :
        wait "$each" 2>/dev/null || :
    done
    watcher='' helm_pid=''
}

# Pods and events from before the deployment say nothing about the new version.
pods_before() {
    if look_quietly; then
        sed -n 's/^pod \([^ ]*\) .*/\1/p' "$work/watched" "$work/watched-hooks" >"$work/before"
        mv "$work/events" "$work/events-before"
    fi
}

# look_quietly: sets what look sets, also for hooks; fails if the cluster doesn't respond.
look_quietly() {
    quietly workloads "$scalable,pods,persistentvolumeclaims,services" --selector "$selector" >"$work/watched" || return 1
    read_events
    add_refusals "$work/watched"
    hook_jobs=$(sed -n 's/^Job //p' "$work/hooks" | tr '\n' ',')
    : >"$work/watched-hooks"
    if [ -n "$hook_jobs" ]; then
        quietly workloads pods --selector "job-name in (${hook_jobs%,})" >"$work/watched-pods" || return 1
        # Helm recreates a hook's Job, and the pods of the previous one are being deleted.
        awk -v before="$(tr '\n' ' ' <"$work/before")" '
            BEGIN { count = split(before, uids, " "); for (i = 1; i <= count; i++) old[uids[i]] = 1 }
            $1 == "pod" { skip = $2 in old }
            !skip' "$work/watched-pods" >"$work/watched-hooks"
        quietly names jobs.batch >"$work/watched-jobs" || return 1
    fi
}

# Sets hook to " Job/NAME" of the running hook, if any, with the cluster's message if it creates no pod for it. The
# message requires the permission to read events.
running_hook() {
    hook=''
    [ -n "$hook_jobs" ] || return 0
    while read -r kind object release keep owner instance active by_hook uid; do
        case $active,,$hook_jobs in
            active,*",$object,"*) ;;
            *) continue ;;
        esac
        hook=" Job/$object"
        if ! grep -q -e "^pod [^ ]* [^ ]* [^ ]* $object\$" "$work/watched-hooks"; then
            unquote "$(sed -n "s/^[^ ]* $uid [^ ]* //p" "$work/events" | head -n 1)"
            hook="$hook${text:+: $text}"
        fi
        return 0
    done <"$work/watched-jobs"
}

# watch_over PID: prints what that helm process waits for, each state once, and ends it when a new pod can't start.
watch_over() {
    : >"$work/told"
    while sleep "$look_seconds" >/dev/null 2>&1; do
        # A signal that arrives while a shell is being forked can be lost, so this also ends when the process has ended.
        kill -0 "$1" 2>/dev/null || return 0
        if look_quietly; then
            state_of_deployment
            replace_stuck
        else
            reason "$work/watch.err"
            # Each connection has a different local port.
            reason=$(printf '%s\n' "$reason" | sed 's/:[0-9]*->/->/')
            state="the cluster can't be asked: $reason" hopeless=''
        fi
        if [ -n "$state" ] && ! grep -q -x -F -e "$state" "$work/told"; then
            printf 'Waiting: %s\n' "$state"
            printf '%s\n' "$state" >>"$work/told"
        fi
        if [ -n "$hopeless" ] && [ "$give_up" = yes ]; then
            printf '%s can'\''t become ready: %s.\n' "$name" "${hopeless%.}" >"$work/hopeless"
            mv "$work/hopeless" "$work/gave-up"
            kill "$1"
            return
        fi
    done
}

# Sets state to what isn't ready, and hopeless to what can't become ready. Each is empty if there is nothing.
state_of_deployment() {
    : >"$work/seen-now"
    state='' hopeless=''
    running_hook
    look_at "$work/watched-hooks" judge
    if [ -n "$hook" ] || [ -n "$waiting" ]; then
        state="the hook$hook$waiting"
    fi
    look_at "$work/watched" judge
    if [ -z "$state" ] && [ -n "$trouble$waiting" ] && [ "$helm_waits" = yes ]; then
        state=$trouble$waiting
        state=${state#; }
    fi
    mv "$work/seen-now" "$work/seen"
}

# Deletes each pod of an earlier version that can't start, once. A StatefulSet waits for it before it creates a pod of
# the new version.
replace_stuck() {
    awk -v name="$name" '
        $1 == "revision" && $2 == name { wanted[$3] = $4 }
        $1 == "pod" { pod = $3; set = "" }
        $1 == "member" { set = $2; revision = $3 }
        $1 == "waiting" && set in wanted && wanted[set] != revision &&
            $2 ~ /^(ErrImagePull|ImagePullBackOff|InvalidImageName|CrashLoopBackOff|CreateContainerConfigError)$/ { print pod }
        ' "$work/watched" | sort -u >"$work/stuck"
    while read -r pod; do
        if is_name "$pod" && ! grep -q -x -F -e "pod $pod" "$work/told"; then
            printf 'pod %s\n' "$pod" >>"$work/told"
            printf 'Deleting pod %s of an earlier version, which can'\''t start\n' "$pod"
            "$kubectl" --namespace "$namespace" delete "pods/$pod" --ignore-not-found --wait=false 2>&1 || :
        fi
    done <"$work/stuck"
}

# judge UID POD REASON RESTARTS JOB: sets hopeless if the pod can't start.
judge() {
    if grep -q -x -F -e "$1" "$work/before" || { [ "$helm_waits" = no ] && [ "$5" = - ]; }; then
        return 0
    fi
    case $3 in
        InvalidImageName | ErrImageNeverPull) ;;
        ErrImagePull | ImagePullBackOff)
            looks=$(sed -n "s/^$1 //p" "$work/seen" | head -n 1)
            printf '%s %s\n' "$1" "$((${looks:-0} + 1))" >>"$work/seen-now"
            [ "${looks:-0}" -ge "$image_looks" ] || return 0
            ;;
        CrashLoopBackOff | Terminated) [ "$4" -ge "$crash_restarts" ] || return 0 ;;
        *) return 0 ;;
    esac
    hopeless=${hopeless:-"pod $2: $text"}
}

# explain_failure: fails with helm's message, and with what isn't ready if that is the reason.
explain_failure() {
    case $(cat "$work/helm.err") in
        *deadline* | *'timed out'* | *'not ready'* | *'hooks failed'* | *BackoffLimitExceeded* | *cancel*) ;;
        *) exit 1 ;;
    esac
    look_quietly || exit 1
    state_of_deployment
    [ -n "$state" ] || exit 1
    # Helm 3 prints each of several errors on a line with this prefix.
    reason=${reason#"$(printf '\t')* "}
    fail "$name isn't ready: ${state%.}. Helm says: $reason"
}
