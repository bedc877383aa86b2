# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what arguments.sh sets is used here, what is set here is used by the scripts

# The administrator's settings: a file of lines WORD REST, $OCTOPOD_HELM_SETTINGS or "settings" next to the scripts.
#
#   deployment KEY=VALUE      a default of the deployment configuration
#   application KEY=VALUE     a default of the application configuration, which overrides the chart's own
#   locked KEY                a deployment key that stagings can't override
#   ingress-host-key KEY ...  the chart's values that get NAME.BASE_DOMAIN, separated by blanks
#   tag-key KEY               the chart's value that is the tag of the image
#   selector SELECTOR         labels of the objects of a staging; {name} stands for its name
#   wait yes|no               whether Helm waits until everything is ready before it runs hooks; yes by default
#   give-up yes|no            whether a deployment ends when a new pod can't start; yes by default
#   tags PATH                 a program that prints the tags, see "tags"; none by default
#   dry-run yes|no            whether config_check checks what the cluster would refuse; yes by default
#   dry-run-seconds NUMBER    time limit of that check in seconds; 8 by default
#   timeout DURATION          time limit for the wait, and for each hook
#   pass-credentials yes|no   whether hosts in the default repository's index get its user and password; no by default
#   ca-file PATH              certificates of the only authorities that are trusted for the default repository
#   plain-http yes|no         whether an oci:// repository is accessed without TLS; no by default
#
# The last three are for the repository of "deployment chart_repo_url" only. If a setting can occur only once, its last
# line counts. Sourced after arguments.sh and text.sh, with the directory of the scripts in $scripts.

settings=${OCTOPOD_HELM_SETTINGS:-$scripts/settings}

# The keys for the chart and its repository in the deployment configuration are those of the original's scripts.
deployment_keys='chart_name chart_repo_pass chart_repo_url chart_repo_user chart_version image.tag'

# each_setting WORD FUNCTION: calls the function with the rest of each line that begins with the word.
each_setting() {
    [ -f "$settings" ] || return 0
    while IFS= read -r setting || [ -n "$setting" ]; do
        case $setting in "$1 "*) "$2" "${setting#"$1 "}" ;; esac
    done <"$settings"
}

# setting WORD DEFAULT: sets value.
setting() {
    value=$2
    each_setting "$1" set_value
}

set_value() {
    value=$1
}

# yes_or_no WORD DEFAULT: sets value to yes or no.
yes_or_no() {
    setting "$1" "$2"
    case $value in
        yes | no) ;;
        *) fail "\"$1 $value\" in $settings isn't understood: say yes or no." ;;
    esac
}

# has_setting WORD REST
has_setting() {
    [ -f "$settings" ] && grep -q -x -F -e "$1 $2" "$settings"
}

# default_of KEY: sets value to the deployment key's default, and fails if there is none.
default_of() {
    value='' found=false wanted=$1
    each_setting deployment compare_default
    "$found"
}

# The scripts read some keys as text themselves, such as a tag or the version of a chart. A type is irrelevant for these.
deployment_text() { # KEY [DEFAULT]
    deployment_value "$@"
    without_type
}

application_text() { # KEY [DEFAULT]
    application_value "$@"
    without_type
}

# Removes the YAML tag of a type from value.
without_type() {
    case $value in
        '!!str' | '!!null') value='' ;;
        '!!str '* | '!!int '* | '!!float '* | '!!bool '* | '!!null '* | '!!seq '* | '!!map '*) value=${value#* } ;;
    esac
}

compare_default() {
    if [ "${1%%=*}" = "$wanted" ]; then
        value=${1#*=} found=true
    fi
}

print_row() {
    csv_row "${1%%=*}" "${1#*=}"
}

use_settings() {
    require_name namespace "$namespace"
    require_name name "$name"
    helm=${HELM_BIN:-helm}
    kubectl=${KUBECTL_BIN:-kubectl}
    setting ingress-host-key ingress.hostname
    host_keys=${INGRESS_HOST_KEY-$value}
    setting tag-key image.tag
    tag_key=$value
    setting timeout 25m
    helm_timeout=$value
    yes_or_no wait yes
    helm_waits=$value
    yes_or_no give-up yes
    give_up=$value
    yes_or_no dry-run yes
    dry_run=$value
    setting dry-run-seconds 8
    case $value in
        '' | *[!0-9]* | ???*) fail "\"dry-run-seconds $value\" in $settings isn't understood: say a number below 100." ;;
    esac
    dry_run_seconds=$value
    setting selector 'app.kubernetes.io/instance={name}'
    replace_all "$value" '{name}' "$name"
    selector=$replaced
    if [ -n "$name" ] && [ "$selector" = "$value" ]; then
        fail "The selector \"$selector\" in $settings would be the same for all stagings: put {name} into it."
    fi
}

# each_host_key FUNCTION: calls the function with each key. The brackets of keys are not expanded as patterns of files.
each_host_key() {
    set -f
    for key in $host_keys; do
        "$1" "$key"
    done
    set +f
}

# Names become parts of options, selectors and patterns.
require_name() { # WHICH TEXT
    case $2 in
        -* | *- | *[!a-z0-9-]*) fail "The $1 \"$2\" isn't one that Kubernetes takes." ;;
    esac
}

# Creates a directory for this script's files, which is deleted when the script ends. A script with secrets uses a
# directory that is deleted even if the script is killed.
use_work() {
    umask 077
    temporary=${OCTOPOD_TMPDIR:-${TMPDIR:-/tmp}}
    work=$(mktemp -d "$temporary/octopod-helm.XXXXXX") || fail "This script can't write to $temporary."
    trap 'rm -rf "$work"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
