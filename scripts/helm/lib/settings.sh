# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what arguments.sh sets is used here, what is set here is used by the scripts

# What an administrator has settled: a file of lines WORD REST, $OCTOPOD_HELM_SETTINGS or "settings" beside the scripts.
#
#   deployment KEY=VALUE      a default of the deployment configuration
#   application KEY=VALUE     a default of the application configuration, over the chart's own
#   locked KEY                stagings can't override this deployment key
#   ingress-host-key KEY ...  the chart's values that get NAME.BASE_DOMAIN, separated by blanks
#   tag-key KEY               the chart's value that is the tag of the image
#   selector SELECTOR         the labels of what belongs to a staging; {name} stands for its name
#   wait yes|no               whether Helm waits until all is ready, and then runs hooks; yes unless set
#   give-up yes|no            whether a deployment ends as soon as a new pod can't start; yes unless set
#   dry-run yes|no            whether config_check asks the cluster what it would refuse; yes unless set
#   dry-run-seconds NUMBER    how many seconds that may take; 8 unless set
#   timeout DURATION          how long it waits, for that and for a hook
#   pass-credentials yes|no   whether hosts that the usual repository's index names get its user and password; no unless set
#   ca-file PATH              the certificates of authorities by which that repository is known, and no others
#   plain-http yes|no         whether an oci:// repository is spoken to without TLS; no unless set
#
# The last three are for the repository of "deployment chart_repo_url" and for no other. The last line of a kind counts where there
# can be only one. Sourced after arguments.sh and text.sh, with the directory of the scripts in $scripts.

settings=${OCTOPOD_HELM_SETTINGS:-$scripts/settings}

# The chart's and its repository's keys in the deployment configuration are those of the original's scripts.
deployment_keys='chart_name chart_repo_pass chart_repo_url chart_repo_user chart_version image.tag'

# each_setting WORD FUNCTION: calls it with the rest of each such line.
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

# yes_or_no WORD DEFAULT: sets value to one of both.
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

# default_of KEY: sets value to the deployment key's default, and fails where there is none.
default_of() {
    value='' found=false wanted=$1
    each_setting deployment compare_default
    "$found"
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

# each_host_key FUNCTION. Their brackets are no patterns of files.
each_host_key() {
    set -f
    for key in $host_keys; do
        "$1" "$key"
    done
    set +f
}

# They become options, selectors and patterns.
require_name() { # WHICH TEXT
    case $2 in
        -* | *- | *[!a-z0-9-]*) fail "The $1 \"$2\" isn't one that Kubernetes takes." ;;
    esac
}

# A directory for this script's files; gone when it ends. Where the script is given secrets, there is one that goes even when
# the script is killed.
use_work() {
    umask 077
    temporary=${OCTOPOD_TMPDIR:-${TMPDIR:-/tmp}}
    work=$(mktemp -d "$temporary/octopod-helm.XXXXXX") || fail "This script can't write to $temporary."
    trap 'rm -rf "$work"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
