# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# Reads and changes a staging's objects in the cluster. Sourced after settings.sh; needs use_work.

# Annotation with the state of a workload before it was archived. The templates contain its name, too.
archived=octopod.jenkins.io/archived
scalable=deployments.apps,statefulsets.apps,daemonsets.apps,cronjobs.batch

ask_cluster() {
    "$kubectl" --namespace "$namespace" --request-timeout=20s "$@" 2>"$work/err" || {
        reason
        fail "The cluster can't be asked: $reason"
    }
}

# list KINDS TEMPLATE: prints the staging's objects of these kinds with the template.
list() {
    ask_cluster get "$1" --selector "$selector" --output "go-template-file=$scripts/lib/kubectl/$2"
}

# list_all KINDS TEMPLATE [OPTION...]: prints all objects of these kinds in the namespace, or those that the options
# select.
list_all() {
    listed=$1 printed_by=$2
    shift 2
    ask_cluster get "$listed" "$@" --output "go-template-file=$scripts/lib/kubectl/$printed_by"
}

quietly() { # TEMPLATE ARGUMENT...
    template=$1
    shift
    "$kubectl" --namespace "$namespace" --request-timeout=20s get "$@" \
        --output "go-template-file=$scripts/lib/kubectl/$template" 2>"$work/watch.err"
}

# patch KIND NAME JSON: changes an object with a merge patch.
patch() {
    resource_of "$1"
    ask_cluster patch "$resource/$2" --type merge --patch "$3" >/dev/null
}

# --- checks of the cluster's data -----------------------------------------------------------------------

# Other users may have written the data in the cluster, so it is checked before it is used.

# is_number TEXT...: succeeds if each text is a valid number of a workload.
is_number() {
    for text; do
        case $text in
            '' | *[!0-9]* | 0?* | ??????????*) return 1 ;;
        esac
    done
}

# is_name TEXT: succeeds if the text is a valid name of an object.
is_name() {
    case $1 in
        '' | [!a-z0-9]* | *[!a-z0-9.-]*) return 1 ;;
    esac
}

# resource_of KIND: sets resource, and fails if these scripts don't change this kind.
resource_of() {
    case $1 in
        Deployment) resource=deployments.apps ;;
        StatefulSet) resource=statefulsets.apps ;;
        DaemonSet) resource=daemonsets.apps ;;
        CronJob) resource=cronjobs.batch ;;
        Job) resource=jobs.batch ;;
        PersistentVolumeClaim) resource=persistentvolumeclaims ;;
        ScaledObject) resource=scaledobjects.keda.sh ;;
        ScaledJob) resource=scaledjobs.keda.sh ;;
        *) return 1 ;;
    esac
}

# is_own RELEASE: fails if an object belongs to another release according to Helm. The values of that release can give
# it the labels of this staging, but not Helm's annotation. Objects that Helm hasn't created itself, such as pods, have
# none ("-").
is_own() {
    [ "$1" = - ] || [ "$1" = "$name" ]
}

# owns KIND NAME: succeeds if the manifest of this release contains the object.
owns() {
    [ -f "$work/owned" ] || read_manifest
    grep -q -x -F -e "$1 $2" "$work/owned"
}

read_manifest() {
    read_release manifest >"$work/owned"
}

# read_hooks: writes KIND NAME lines of what this release's hooks for deployment and cleanup create to $work/own-hooks.
read_hooks() {
    read_release hooks >"$work/hook-objects"
    sed -n 's/^HOOK //p' "$work/hook-objects" >"$work/own-hooks"
    if [ -f "$work/forgotten-hooks" ]; then cat "$work/forgotten-hooks" >>"$work/own-hooks"; fi
}

# read_release manifest|hooks: prints the objects in it; none if the release doesn't exist.
read_release() {
    if "$helm" get "$1" "$name" --namespace "$namespace" >"$work/$1.yaml" 2>"$work/err"; then
        objects_of "$work/$1.yaml"
        return
    fi
    reason
    case $reason in
        # Other errors contain "not found", too: the cluster's about a role, or the shell's about helm.
        *'release: not found'*) ;;
        *) fail "The release $name can't be read: $reason" ;;
    esac
}

# objects_of FILE: prints the objects in a manifest; see manifest/templates/objects.yaml.
objects_of() {
    replace_all "$1" "$backslash" "$backslash$backslash"
    replace_all "$replaced" , "$backslash,"
    "$helm" template manifest "$scripts/lib/manifest" --namespace "$namespace" --set-file "manifest=$replaced" \
        >"$work/objects.yaml" 2>"$work/err" || {
        reason
        fail "The release $name can't be read: $reason"
    }
    sed -e '1,/^objects:/d' -e 's/^  //' "$work/objects.yaml"
}

not_understood() {
    fail "What the cluster says of $name isn't understood: $*"
}

# --- state ----------------------------------------------------------------------------------------------

# look: sets all, ready and stopped to numbers of workloads, pods and ready_pods to numbers of pods that should serve,
# trouble to a sentence about the first workload that isn't ready, waiting to one about the first pod that doesn't
# start, and images to the images of ready pods, one per line.
look() {
    list "$scalable,pods" workloads >"$work/workloads"
    if lacks_pods "$work/workloads"; then
        read_events
        : >"$work/events-before"
        add_refusals "$work/workloads"
    fi
    look_at "$work/workloads" :
}

lacks_pods() {
    awk '$1 == "made" && $5 < $4 { lacking = 1 } END { exit !lacking }' "$1"
}

# Without permission to read events, the reason for a missing pod is unknown.
read_events() {
    quietly events events --field-selector reason=FailedCreate >"$work/events" || : >"$work/events"
}

# add_refusals FILE: adds to the file why the cluster creates no pods for a StatefulSet or DaemonSet that lacks some. A
# Deployment reports that itself. Events in $work/events-before are about an earlier version.
add_refusals() {
    awk '
        FILENAME == ARGV[1] { before[$0] = 1; next }
        FILENAME == ARGV[2] && $1 == "pod" { made[$3] = 1; next }
        FILENAME == ARGV[2] { if ($1 == "made" && $5 < $4) { release[$3] = $2; uid[$3] = $6 } next }
        # A StatefulSet names the pod that could not be created. This one exists now.
        match($0, /[Cc]reate Pod [^ ]+ in StatefulSet /) && substr($0, RSTART + 11, RLENGTH - 27) in made { next }
        $1 in release && $2 == uid[$1] && !($0 in before) {
            object = $1
            sub(/^[^ ]+ [^ ]+ [^ ]+ /, "")
            print "refused", release[object], object, $0
        }' "$work/events-before" "$1" "$work/events" >"$work/refusals"
    cat "$work/refusals" >>"$1"
}

# look_at FILE FUNCTION: calls the function for each container that doesn't start, with the pod's UID, its name, the
# reason, the number of restarts, and the Job of the pod ("-" if none).
look_at() {
    all=0 ready=0 stopped=0 some=0 pods=0 ready_pods=0 trouble='' waiting='' refused='' unfinished='' pod=- uid='' unready_pod=- images=$line_break
    while read -r what first second rest_of_line; do
        case $what in
            workload) if is_own "$first"; then count_line "$second $rest_of_line"; fi ;;
            refused)
                unquote "$rest_of_line"
                if is_own "$first"; then refused=${refused:-"; $second: $text"}; fi
                ;;
            unfinished) if is_own "$first"; then unfinished=${unfinished:-"; $second is still pending"}; fi ;;
            pod)
                uid=$first pod=$second job=${rest_of_line#* }
                case $job,$rest_of_line in
                    -,Succeeded* | -,Failed* | -,Terminating*) ;;
                    -,*) pods=$((pods + 1)) unready_pod=$uid ;;
                esac
                ;;
            waiting)
                is_number "$second" || not_understood "$pod $first $second"
                unquote "$rest_of_line"
                waiting=${waiting:-"; pod $pod: $text"}
                "$2" "$uid" "$pod" "$first" "$second" "$job"
                ;;
            image)
                unquote "$second${rest_of_line:+ $rest_of_line}"
                if [ "$first" = True ]; then
                    images=$images$text$line_break
                    if [ "$unready_pod" = "$uid" ]; then ready_pods=$((ready_pods + 1)) unready_pod=''; fi
                fi
                ;;
        esac
    done <"$1"
    # A claim can be pending because no pod uses it yet.
    waiting=${refused:-$waiting}
    waiting=${waiting:-$unfinished}
}

# unquote LITERAL: sets text to the content of the quotes. Escaped characters other than quotes stay escaped: the text
# is shown, and compared with texts that contain none.
unquote() {
    text=${1#\"}
    text=${text%\"}
    case $text in
        *\\\"*)
            replace_all "$text" "$backslash\"" '"'
            text=$replaced
            ;;
    esac
}

count_line() { # KIND/NAME DESIRED READY UPDATED GENERATION OBSERVED
    read -r object desired served updated generation observed <<LINE
$1
LINE
    is_number "$desired" "$served" "$updated" "$generation" "$observed" || not_understood "$1"
    count_workload "$object" "$desired" "$served" "$updated" "$generation" "$observed"
}

count_workload() { # KIND/NAME DESIRED READY UPDATED GENERATION OBSERVED
    all=$((all + 1))
    case $1 in CronJob/*) ;; *) some=$((some + $3)) ;; esac
    if [ "$2" -eq 0 ]; then
        stopped=$((stopped + 1)) ready=$((ready + 1))
    elif [ "$6" -lt "$5" ] || [ "$4" -lt "$2" ]; then
        trouble=${trouble:-"$1: the new version is being rolled out, $3 of $2 ready"}
    elif [ "$3" -lt "$2" ]; then
        trouble=${trouble:-"$1: $3 of $2 ready"}
    else
        ready=$((ready + 1))
    fi
}

# Sets tag to the requested tag, and repository to that of the image to which the chart applies it. Each is empty if
# unknown.
wanted_tag() {
    application_text "${tag_key%tag}repository"
    repository=$value
    application_text "$tag_key"
    deployment_text image.tag "$value"
    tag=$value
}

# Sets other and succeeds if the ready pods have a different image than the one with that tag. If the repository is
# unknown, or no pod has an image from it, any image with the tag is sufficient.
serves_other_tag() {
    own='' found=false other=''
    while read -r image; do
        [ -n "$image" ] || continue
        plain=${image%%@*}
        case ${plain##*/} in *:*) ;; *) continue ;; esac
        if [ "${plain##*:}" = "$tag" ]; then
            found=true
        else
            other=${other:-$image}
        fi
        case /${plain%:*} in
            */"${repository:-/}")
                if [ "${plain##*:}" != "$tag" ]; then
                    other=$image
                    return 0
                fi
                own=$image
                ;;
        esac
    done <<IMAGES
$images
IMAGES
    [ -z "$own" ] && ! "$found" && [ -n "$other" ]
}

# --- stopping and restarting ----------------------------------------------------------------------------

# each_workload FUNCTION: calls the function with kind, name, replicas before archiving ("-" if not archived), and
# current replicas.
each_workload() {
    list "$scalable" stoppable >"$work/stoppable"
    while read -r kind object release now before; do
        [ -n "$kind" ] || continue
        { resource_of "$kind" && is_name "$object" && is_number "$now"; } || not_understood "$kind $object $release $now $before"
        is_own "$release" || continue
        if [ "$before" != - ] && ! is_number "$before"; then
            complain "The annotation $archived of $kind/$object isn't a number: it is passed over."
            before=-
        fi
        "$1" "$kind" "$object" "$before" "$now"
    done <"$work/stoppable"
}

# If archiving is repeated, the state from before the first time stays stored.
stop() {
    if [ "$4" -eq 0 ] || [ "$1/$3" = DaemonSet/1 ]; then
        return 0
    fi
    if ! owns "$1" "$2"; then
        complain "$1/$2 has the labels $selector, but the release $name doesn't have it: it is left alone."
        return 0
    fi
    printf 'Stopping %s/%s\n' "$1" "$2"
    stop_spec "$1"
    patch "$1" "$2" "{\"metadata\":{\"annotations\":{\"$archived\":\"$4\"}},\"spec\":$spec}"
}

stop_spec() {
    case $1 in
        CronJob) spec='{"suspend":true}' ;;
        DaemonSet) spec="{\"template\":{\"spec\":{\"nodeSelector\":{\"$archived\":\"true\"}}}}" ;; # no node has that label
        *) spec='{"replicas":0}' ;;
    esac
}

# Helm has already set the replicas of a workload if the chart defines them. Only undefined ones are restored here.
wake() {
    if [ "$3" = - ] || ! owns "$1" "$2"; then
        return 0
    fi
    case $1 in
        CronJob) spec='{"suspend":false}' ;;
        DaemonSet) spec="{\"template\":{\"spec\":{\"nodeSelector\":{\"$archived\":null}}}}" ;;
        *)
            spec='{}'
            if [ "$4" -eq 0 ]; then spec="{\"replicas\":$3}"; fi
            ;;
    esac
    printf 'Waking %s/%s\n' "$1" "$2"
    patch "$1" "$2" "{\"metadata\":{\"annotations\":{\"$archived\":null}},\"spec\":$spec}"
}
