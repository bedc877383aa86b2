# shellcheck shell=sh
# shellcheck disable=SC2034,SC2119,SC2120,SC2154 # what other files set is used here, what is set here is used by the scripts

# The chart: how it is downloaded, how its values are read, and which values of a staging's configuration it gets.
# Sourced after settings.sh, with the directory of the scripts in $scripts.

. "$scripts/lib/repository.sh"

# use_chart: sets chart (a file or a directory for helm), chart_values (a file with its values, one per line; see
# values/templates/lines.yaml) and all_values (the same with those of its subcharts). If the chart doesn't exist, fails
# with a sentence that names the key.
use_chart() {
    read_chart_keys
    problem=''
    chart_problem
    [ -z "$problem" ] || fail "$problem"
    use_work
    if [ -z "$chart_repo_url" ] && [ -e "$chart_name" ]; then
        chart=$chart_name
        read_values "$work"
    elif "$own_credentials" || ! find_cache || ! identify_chart || ! identify_trust; then
        get_chart "$work"
    else
        use_cached_chart
    fi
}

read_chart_keys() {
    for key in chart_name chart_repo_url chart_version chart_repo_user chart_repo_pass; do
        deployment_text "$key"
        eval "$key=\$value"
    done
    # A chart that was downloaded with a staging's own credentials isn't cached for others. The agent's credentials are
    # for the default repository only, and not for one that a staging chooses.
    own_credentials=true usual_repository=false
    if default_of chart_repo_url && [ "$value" = "$chart_repo_url" ]; then usual_repository=true; fi
    if [ -z "$chart_repo_user" ]; then
        own_credentials=false
        if "$usual_repository"; then
            chart_repo_user=${HELM_USER:-} chart_repo_pass=${HELM_PASS:-}
        fi
    fi
    read_repository_settings "$usual_repository"
}

# Sets problem if these keys are invalid, regardless of the repository's content.
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
    # application_config gets no secret, because it shows the chart's values to all users.
    case $chart_repo_user$chart_repo_pass in
        *credentials:*)
            problem="chart_repo_pass can't name a credential: bind it to HELM_USER and HELM_PASS in the project's settings."
            return ;;
    esac
    case $chart_repo_url in
        '' | http://* | https://* | oci://*) ;;
        *)
            problem="chart_repo_url is \"$chart_repo_url\": it must begin with https://, http:// or oci://."
            return ;;
    esac
    # The host becomes an argument of helm.
    case $chart_repo_url in
        *://-* | *:///* | *://) problem="chart_repo_url is \"$chart_repo_url\": there is no host in it." ;;
    esac
    if [ -n "$ca_file" ] && [ ! -r "$ca_file" ]; then
        problem="The file $ca_file, which is to have the authorities of the repository of charts, can't be read on this machine."
    fi
}

compare_locked() {
    deployment_text "$1"
    given=$value
    default_of "$1" || :
    if [ "$given" != "$value" ]; then
        problem="$1 is \"$given\": stagings of this project can't have another one than \"$value\"."
    fi
}

# --- downloading it -------------------------------------------------------------------------------------

# A downloaded chart is kept for ten minutes, or for OCTOPOD_HELM_CACHE_MINUTES. Fails if there is no directory for it.
find_cache() {
    cache=${OCTOPOD_HELM_CACHE:-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}}
    [ -n "$cache" ] || return 1
    cache=$cache/octopod-helm
    mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]
}

# Sets whole_id. A chart that was downloaded with a password is only for users with the same one, so the id contains a
# digest of the password. Fails if no program for digests is installed; the chart isn't cached then.
identify_chart() {
    # The first word identifies the notation of values, because other versions of these scripts may use a different one.
    whole_id=$(printf '%s\n' all-values "$chart_repo_url" "$chart_name" "$chart_version" "$chart_repo_user")
    [ -n "$chart_repo_pass" ] || return 0
    password_digest=$(printf '%s\n' "$whole_id" "$chart_repo_pass" | digest) || return 1
    whole_id="$whole_id
$password_digest"
}

digest() {
    for program in sha256sum sha256 'shasum -a 256'; do
        if command -v "${program%% *}" >/dev/null 2>&1; then
            $program
            return
        fi
    done
    return 1
}

# The file ID names the directory of the chart, so that a script that reads it gets a complete chart, old or new.
# Different charts can have the same checksum, so the directory contains the full id.
use_cached_chart() {
    id=$(printf '%s' "$whole_id" | cksum | tr ' ' -)
    if [ -f "$cache/$id" ] && [ -z "$(find "$cache/$id" -mmin "+${OCTOPOD_HELM_CACHE_MINUTES:-10}")" ] &&
        read -r entry <"$cache/$id" && [ "$(cat "$cache/$entry/id" 2>/dev/null)" = "$whole_id" ]; then
        chart=$cache/$entry/chart.tgz chart_values=$cache/$entry/values all_values=$cache/$entry/all-values
        return
    fi
    get_chart "$work"
    entry=$id-$$-$(date +%s)
    mkdir "$cache/$entry"
    printf '%s\n' "$whole_id" >"$cache/$entry/id"
    cp "$chart" "$cache/$entry/chart.tgz"
    cp "$chart_values" "$cache/$entry/values"
    cp "$all_values" "$cache/$entry/all-values"
    printf '%s\n' "$entry" >"$work/entry"
    cp "$work/entry" "$cache/.$entry" && mv -f "$cache/.$entry" "$cache/$id"
    # A chart that is no longer downloaded, or was replaced, may still be in use, but not longer than a day.
    find "$cache" -type f -name '[0-9]*-[0-9]*' -mmin "+$((${OCTOPOD_HELM_CACHE_MINUTES:-10} + 1440))" -exec rm -f {} + 2>/dev/null || :
    find "$cache" -name '*-*-*-*' -prune -type d -mmin +1440 -exec sh -c '
        for old; do
            read -r now <"${old%-*-*}" && [ "$now" = "${old##*/}" ] || rm -rf "$old"
        done' - {} + 2>/dev/null || :
}

# get_chart DIRECTORY
get_chart() {
    pull_chart "$1/pulled"
    chart=$1/chart.tgz
    mv "$1"/pulled/*.tgz "$chart"
    read_values "$1"
}

# reason [FILE]: sets reason to helm's or kubectl's error message on one line.
reason() {
    reason=$(grep -v -e '^WARNING' -e '^level=' -e '^Use --debug' -e '^$' "${1:-"$work/err"}" | tail -n 1)
    reason=${reason#Error: }
}

read_values() { # DIRECTORY
    chart_values=$1/values all_values=$1/all-values
    if ! "$helm" show values "$chart" >"$work/values.yaml" 2>"$work/err" ||
        ! "$helm" template values "$scripts/lib/values" -f "$work/values.yaml" >"$work/lines.yaml" 2>"$work/err"; then
        reason
        fail "chart_name: the values of the chart \"$chart_name\" can't be read: $reason"
    fi
    lines "$work/lines.yaml" >"$chart_values"
    { copy_values && print_values >"$all_values"; } 2>/dev/null || : >"$all_values"
}

lines() { # FILE
    sed -e '1,/^lines:/d' -e 's/^  //' -e '/^$/d' "$1"
}

# A chart's own templates can read the values of its subcharts as well. This creates a copy of the chart with the values
# of all charts, and with the template that prints them instead of their own. Fails if that is impossible; then only the
# types of these values are unknown.
copy_values() {
    copy=$work/copy
    rm -rf "$copy"
    mkdir "$copy"
    if [ -d "$chart" ]; then
        [ -d "$chart/charts" ] || return 1
        # Helm follows symbolic links, too.
        (CDPATH='' cd -- "$chart" && find -L . -type f -name '*.yaml' | sed 's/^\.//') >"$work/members"
        copy_members "$copy" from_directory
        # Archives of two versions of a chart contain the same directory.
        number=0
        for archive in "$chart"/charts/*.tgz; do
            number=$((number + 1))
            if list_archive; then
                copy_members "$copy/charts/$number-$root" from_archive
            fi
        done
    else
        archive=$chart
        list_archive || return 1
        copy_members "$copy" from_archive
    fi
    [ -d "$copy/charts" ] || return 1
    cp -R "$scripts/lib/values/templates" "$copy/templates"
}

# print_values [OPTION...]: prints the output of that copy.
print_values() {
    "$helm" template types "$copy" "$@" >"$work/all-lines.yaml" 2>"$work/err" || return 1
    lines "$work/all-lines.yaml"
}

# Sets root to the top-level directory of the archive, and writes its content to the file members. Fails if there is
# none. tar gets stdin instead of a name, because it reads HOST:FILE as a file on another machine.
list_archive() {
    [ -f "$archive" ] && tar -tzf - <"$archive" >"$work/all-members" 2>/dev/null || return 1
    read -r root <"$work/all-members" || return 1
    root=${root%%/*}
    printf '%s\n' "$root" | grep -q '^[A-Za-z0-9_][A-Za-z0-9._-]*$' || return 1
    sed -n "s,^$root/,/,p" "$work/all-members" >"$work/members"
}

# copy_members INTO FUNCTION: copies the files with the name and the values of the chart and of its subcharts.
# Directories whose names begin with a dot are ignored, and the unpacking program writes no files itself, so a chart's
# names can't lead outside of the directory.
copy_members() {
    grep -E '^/(charts/[A-Za-z0-9_][A-Za-z0-9._-]*/)*(Chart|requirements|values)\.yaml$' "$work/members" >"$work/wanted" || return 0
    while read -r member; do
        mkdir -p "$1${member%/*}"
        case $member in
            */values.yaml) "$2" </dev/null >"$1$member" 2>/dev/null || : ;;
            *) "$2" </dev/null 2>/dev/null | unconditional >"$1$member" || : ;;
        esac
    done <"$work/wanted"
}

# Renames conditions under which Helm leaves out a chart: the values of a subchart count even if a value disables it,
# and those of a chart even if it isn't for the version of Kubernetes that Helm assumes without a cluster.
unconditional() {
    sed -e 's/\([^[:alnum:]_]\)condition\([^[:alnum:]_]\{0,1\}[[:space:]]*:\)/\1x-condition\2/' \
        -e 's/\([^[:alnum:]_]\)tags\([^[:alnum:]_]\{0,1\}[[:space:]]*:\)/\1x-tags\2/' -e 's/kubeVersion/x-&/'
}

from_directory() {
    cat "$chart$member"
}

from_archive() {
    tar -xzOf - "$root$member" <"$archive"
}

# --- its values -----------------------------------------------------------------------------------------

# use_values: writes the files told.json, for --values, and numbers, for --set. Values equal to the chart's are left
# out. A key of the chart that isn't in the configuration was removed, so it is set to null.
use_values() {
    : >"$work/given"
    : >"$work/host"
    : >"$work/tag"
    : >"$work/numbers"
    : >"$work/removed"
    each_application write_pair
    if [ -n "$host_keys" ] && [ -n "$base_domain" ] && knows_host_key; then
        each_host_key write_host
    fi
    deployment_text image.tag
    if [ -n "$value" ]; then
        escape "$tag_key=$value"
        printf '%s\n' "$line" >"$work/tag"
    fi
    all_values=$all_values tag_key=$tag_key numbers=$work/numbers removed=$work/removed awk -f "$scripts/lib/values.awk" \
        "$chart_values" "$work/given" "$work/host" "$work/tag" >"$work/told.json" || {
        read -r refusal <"$work/told.json" || refusal="The configuration can't be compared with the chart's values."
        fail "$refusal"
    }
    refuse_kept
}

# Fails if a key was removed for which a subchart still has a value: its own default, up to Helm 3.16, or a global value
# that Helm has already passed to it.
refuse_kept() {
    { [ -s "$work/removed" ] && [ -s "$all_values" ] && copy_values; } 2>/dev/null || return 0
    print_values --values "$work/told.json" >"$work/kept-values" || return 0
    awk '
        FILENAME == ARGV[1] { removed[$0] = 1; next }
        !/^e [^=]*=null$/ {
            key = substr($0, 3)
            sub(/=.*/, "", key)
            gsub(/\[/, ".[", key)
            for (each in removed) {
                at = index("." key ".", "." each ".")
                if (at == 1 || at > 1 && each ~ /^global\./) { print each; exit }
            }
        }' "$work/removed" "$work/kept-values" >"$work/kept"
    if read -r key <"$work/kept"; then
        fail "\"$key\" can't be removed: by Helm $("$helm" version --template '{{.Version}}'), a subchart has a value for it all the same. Set it to another one."
    fi
}

# The default key is set if the chart contains it. A key that an administrator has chosen is always set.
knows_host_key() {
    [ -n "${INGRESS_HOST_KEY:-}" ] || { [ -f "$settings" ] && grep -q '^ingress-host-key ' "$settings"; } ||
        grep -q -e '^[sje] ingress\.hostname=' "$chart_values"
}

write_host() {
    escape "$1=$name.$base_domain"
    printf '%s\n' "$line" >>"$work/host"
}

write_pair() {
    escape "$1=$2"
    printf '%s\n' "$line" >>"$work/given"
}

# with_values COMMAND...: runs the command with these values.
with_values() {
    set -- "$@" --values "$work/told.json"
    while IFS= read -r number; do
        set -- "$@" --set "$number"
    done <"$work/numbers"
    "$@"
}
