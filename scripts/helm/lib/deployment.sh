# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# Deploys a release. Sourced after belongings.sh, scalers.sh and waiting.sh.

# If Helm is killed, its record of the deployment stays pending, and Helm refuses every deployment until that is
# deleted. No other deployment is in progress: Octopod runs one action at a time for a staging.
forget_killed() {
    case ${HELM_DRIVER:-secret} in
        secret | secrets) kept=secrets ;;
        configmap | configmaps) kept=configmaps ;;
        *) return 0 ;;
    esac
    ask_cluster get "$kept" --output "go-template-file=$scripts/lib/kubectl/releases" --selector "owner=helm,name=$name" >"$work/killed"
    newest=0 newest_status=-
    while read -r note status revision; do
        [ -n "$note" ] || continue
        case $status in
            pending-*) is_name "$note" || not_understood "$note $status" ;;
            *)
                is_number "$revision" || not_understood "$note $status $revision"
                if [ "$revision" -gt "$newest" ]; then newest=$revision newest_status=$status; fi
                continue
                ;;
        esac
        # Only that record contains its hooks and StatefulSets, by which their objects are found.
        mark_release
        printf 'An earlier deployment of %s was interrupted: Helm forgets that it is going on.\n' "$name"
        ask_cluster delete "$kept/$note" --ignore-not-found >/dev/null
    done <"$work/killed"
    # An earlier revision has one of these statuses if a user has rolled back an uninstallation manually. That release
    # is in use.
    case $newest_status in
        uninstalled | uninstalling)
            mark_release
            printf 'A cleanup of %s was interrupted: it is finished first.\n' "$name"
            "$helm" uninstall "$name" --namespace "$namespace" --ignore-not-found --no-hooks --wait --timeout "$helm_timeout"
            ;;
    esac
}

# spare_others COMMAND...: fails if the deployment would delete another staging's object. Helm refuses to take over
# objects of other releases. However, it deletes and recreates an object with the name of a hook.
spare_others() {
    # A chart that can't be rendered isn't deployed either, and Helm reports why.
    if ! with_values "$@" --dry-run=server >"$work/rendered" 2>"$work/helm.err"; then
        # The cluster may be reachable for Helm again a second later.
        if has_lost_cluster; then
            reason "$work/helm.err"
            fail "The cluster can't be asked: $reason"
        fi
        return 0
    fi
    objects_of "$work/rendered" >"$work/rendered-objects"
    sed -n 's/^HOOK //p' "$work/rendered-objects" >"$work/hooks"
    while read -r kind object; do
        if is_others "$kind" "$object"; then
            fail "The chart would delete $kind/$object, which isn't known to be of $name: choose values that give it another name."
        fi
    done <"$work/hooks"
}

deploy() {
    need namespace name
    use_settings
    use_chart
    use_values
    printf 'Deploying the chart %s%s as %s in the namespace %s\n' \
        "$chart_name" "${chart_version:+ $chart_version}" "$name" "$namespace"
    forget_killed
    set -- "$helm" upgrade --install "$name" "$chart" --namespace "$namespace" --timeout "$helm_timeout"
    if [ "$helm_waits" = yes ]; then
        set -- "$@" --wait
    fi
    # From Helm 4 on, the cluster remembers who has set which field, and archive sets replicas.
    case $("$helm" version --template '{{.Version}}') in
        v3.*) ;;
        *) set -- "$@" --force-conflicts ;;
    esac
    spare_others "$@"
    mark_dropped
    each_scaler resume
    helm_until_ready "$@"
    each_workload wake
}
