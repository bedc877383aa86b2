# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# The chart: getting it, reading its values, and what of a staging's configuration it has to be told. Sourced after
# settings.sh.

# use_chart: sets chart (a file or a directory that helm takes) and chart_values (a file with its values, a line each; see
# values/templates/lines.yaml). Fails, with a sentence that names the key, where there is no such chart.
use_chart() {
    read_chart_keys
    problem=''
    chart_problem
    [ -z "$problem" ] || fail "$problem"
    use_work
    if [ -z "$chart_repo_url" ] && [ -e "$chart_name" ]; then
        chart=$chart_name chart_values=$work/values
        read_values "$chart_values"
    elif "$own_credentials" || ! find_cache; then
        get_chart "$work"
    else
        use_cached_chart
    fi
}

read_chart_keys() {
    for key in chart_name chart_repo_url chart_version chart_repo_user chart_repo_pass; do
        deployment_value "$key"
        eval "$key=\$value"
    done
    # What was got with a staging's own credentials isn't kept for others; and those of the agent are for the usual
    # repository only, not for any that a staging names.
    own_credentials=true
    if [ -z "$chart_repo_user" ]; then
        own_credentials=false
        if default_of chart_repo_url && [ "$value" = "$chart_repo_url" ]; then
            chart_repo_user=${HELM_USER:-} chart_repo_pass=${HELM_PASS:-}
        fi
    fi
}

# Sets problem where these keys can't be right, whatever a repository has.
chart_problem() {
    each_setting locked compare_locked
    [ -z "$problem" ] || return 0
    case $chart_name in
        '')
            problem="chart_name is missing: say which chart to deploy."
            return ;;
        -*)
            problem="chart_name is \"$chart_name\": the name of a chart can't begin with a dash."
            return ;;
    esac
    # As it says the chart's values to everybody, application_config is told no secret.
    case $chart_repo_user$chart_repo_pass in
        *credentials:*)
            problem="chart_repo_pass can't name a credential: bind it to HELM_USER and HELM_PASS in the project's settings."
            return ;;
    esac
    case $chart_repo_url in
        '' | http://* | https://* | oci://*) ;;
        *) problem="chart_repo_url is \"$chart_repo_url\": it must begin with https://, http:// or oci://." ;;
    esac
}

compare_locked() {
    deployment_value "$1"
    given=$value
    default_of "$1" || :
    if [ "$given" != "$value" ]; then
        problem="$1 is \"$given\": stagings of this project can't have another one than \"$value\"."
    fi
}

# --- getting it -----------------------------------------------------------------------------------------

# A pulled chart is kept for ten minutes, or as OCTOPOD_HELM_CACHE_MINUTES says. Fails where there is no room for that.
find_cache() {
    cache=${OCTOPOD_HELM_CACHE:-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}}
    [ -n "$cache" ] || return 1
    cache=$cache/octopod-helm
    mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]
}

# The file ID names the directory that has the chart, so that whoever reads it gets a whole one, old or new. As a checksum
# may be that of another chart, the directory says what it has.
use_cached_chart() {
    whole_id=$(printf '%s\n' "$chart_repo_url" "$chart_name" "$chart_version" "$chart_repo_user")
    id=$(printf '%s' "$whole_id" | cksum | tr ' ' -)
    if [ -f "$cache/$id" ] && [ -z "$(find "$cache/$id" -mmin "+${OCTOPOD_HELM_CACHE_MINUTES:-10}")" ] &&
        read -r entry <"$cache/$id" && [ "$(cat "$cache/$entry/id" 2>/dev/null)" = "$whole_id" ]; then
        chart=$cache/$entry/chart.tgz chart_values=$cache/$entry/values
        return
    fi
    get_chart "$work"
    entry=$id-$$-$(date +%s)
    mkdir "$cache/$entry"
    printf '%s\n' "$whole_id" >"$cache/$entry/id"
    cp "$chart" "$cache/$entry/chart.tgz"
    cp "$chart_values" "$cache/$entry/values"
    printf '%s\n' "$entry" >"$work/entry"
    cp "$work/entry" "$cache/.$entry" && mv -f "$cache/.$entry" "$cache/$id"
    # What has been replaced may still be in use, but not for a day.
    find "$cache" -name '*-*-*-*' -prune -type d -mmin +1440 -exec sh -c '
        for old; do
            read -r now <"${old%-*-*}" && [ "$now" = "${old##*/}" ] || rm -rf "$old"
        done' - {} + 2>/dev/null || :
}

# get_chart DIRECTORY
get_chart() {
    pull_chart "$1/pulled"
    chart=$1/chart.tgz chart_values=$1/values
    mv "$1"/pulled/*.tgz "$chart"
    read_values "$chart_values"
}

# pull_chart DIRECTORY. Helm's own list of repositories isn't touched, as several scripts may run at once; credentials go
# through stdin, so that nobody sees them in the list of processes.
pull_chart() {
    mkdir -p "$1"
    if [ -n "$chart_version" ]; then
        sought="chart_version: there is no version \"$chart_version\" of the chart \"$chart_name\""
    else
        sought="chart_name: there is no chart \"$chart_name\""
    fi
    case $chart_repo_url in
        '') reference=$chart_name ;;
        oci://*)
            reference=${chart_repo_url%/}/$chart_name
            log_in
            ;;
        *)
            reference=octopod/$chart_name
            add_repository
            ;;
    esac
    "$helm" pull --destination "$1" ${chart_version:+"--version=$chart_version"} "$reference" >"$work/out" 2>"$work/err" || {
        reason
        # What Helm says of a chart that isn't in the list adds nothing but the name that the list has here.
        case $reason in
            *' not found in octopod index'*) reason='' ;;
            *) reason=": $reason" ;;
        esac
        fail "$sought${chart_repo_url:+ in $chart_repo_url}${reason:-.}"
    }
    # The password is in it.
    rm -f "$work/repositories.yaml" "$work/registry.json"
}

add_repository() {
    HELM_REPOSITORY_CONFIG=$work/repositories.yaml HELM_REPOSITORY_CACHE=$work/repository
    export HELM_REPOSITORY_CONFIG HELM_REPOSITORY_CACHE
    set -- repo add octopod "$chart_repo_url"
    if [ -n "$chart_repo_user" ]; then
        set -- "$@" --username "$chart_repo_user" --password-stdin
    fi
    printf '%s' "$chart_repo_pass" | "$helm" "$@" >"$work/out" 2>"$work/err" || {
        reason
        fail "chart_repo_url: $chart_repo_url can't be read as a repository of charts: $reason"
    }
}

log_in() {
    [ -n "$chart_repo_user" ] || return 0
    HELM_REGISTRY_CONFIG=$work/registry.json
    export HELM_REGISTRY_CONFIG
    registry=${chart_repo_url#oci://}
    registry=${registry%%/*}
    printf '%s' "$chart_repo_pass" |
        "$helm" registry login "$registry" --username "$chart_repo_user" --password-stdin >"$work/out" 2>"$work/err" || {
        reason
        fail "chart_repo_user: $registry doesn't let \"$chart_repo_user\" in: $reason"
    }
}

# Sets reason to what helm or kubectl has said of its failure, as one line.
reason() {
    reason=$(grep -v -e '^WARNING' -e '^level=' -e '^$' "$work/err" | tail -n 1)
    reason=${reason#Error: }
}

read_values() { # INTO
    if ! "$helm" show values "$chart" >"$work/values.yaml" 2>"$work/err" ||
        ! "$helm" template values "$scripts/lib/values" -f "$work/values.yaml" >"$work/lines.yaml" 2>"$work/err"; then
        reason
        fail "chart_name: the values of the chart \"$chart_name\" can't be read: $reason"
    fi
    sed -e '1,/^lines:/d' -e 's/^  //' -e '/^$/d' "$work/lines.yaml" >"$1"
}

# --- what it is told ------------------------------------------------------------------------------------

# use_values: sets the variables set_1, set_2 ... to KEY=VALUE for --set and --set-string, and set_count. What is as the
# chart has it isn't told to it; a key of the chart's that isn't in the configuration was removed, which it is told by null.
use_values() {
    set_count=0
    : >"$work/given"
    : >"$work/host"
    each_application write_pair
    if [ -n "$host_key" ] && [ -n "$base_domain" ] && knows_host_key; then
        escape "$host_key=$name.$base_domain"
        printf '%s\n' "$line" >"$work/host"
    fi
    awk -f "$scripts/lib/values.awk" "$chart_values" "$work/given" "$work/host" >"$work/changes" ||
        fail "The configuration can't be compared with the chart's values."
    while IFS= read -r change; do
        case $change in
            null\ *)
                unescape "${change#null }"
                add_set "--set" "$text=null"
                ;;
            set\ *)
                unescape "${change#set }"
                add_value "${text%%=*}" "${text#*=}"
                ;;
        esac
    done <"$work/changes"
    deployment_value image.tag
    if [ -n "$value" ]; then
        add_value "$tag_key" "$value"
    fi
}

# The usual key is set where the chart has it; one that somebody has named is set in any case.
knows_host_key() {
    [ -n "${INGRESS_HOST_KEY:-}" ] || { [ -f "$settings" ] && grep -q '^ingress-host-key ' "$settings"; } ||
        grep -q -x -e 'ingress\.hostname\(=.*\)\{0,1\}' "$chart_values"
}

write_pair() {
    escape "$1=$2"
    printf '%s\n' "$line" >>"$work/given"
}

# add_value KEY VALUE: it arrives as it is, but true, false, null and whole numbers are what they are in YAML, as with
# Helm's own --set. Not so a tag, as 1234567 may be a commit.
add_value() {
    case $1 in
        "$tag_key" | tag | *.tag) option=--set-string ;;
        *) option=--set ;;
    esac
    replace_all "$2" "$backslash" "$backslash$backslash"
    replace_all "$replaced" , "$backslash,"
    case $replaced in '{'*) replaced=$backslash$replaced ;; esac
    add_set "$option" "$1=$replaced"
}

add_set() { # OPTION KEY=VALUE
    set_count=$((set_count + 1))
    eval "option_$set_count=\$1 set_$set_count=\$2"
}

# with_values COMMAND...: runs it with all these options.
with_values() {
    index=0
    while [ "$index" -lt "$set_count" ]; do
        index=$((index + 1))
        eval "option=\$option_$index pair=\$set_$index"
        set -- "$@" "$option" "$pair"
    done
    "$@"
}
