# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what arguments.sh sets is used here, what is set here is used by the scripts

# What an administrator has settled: a file of lines WORD REST, $OCTOPOD_HELM_SETTINGS or "settings" beside the scripts.
#
#   deployment KEY=VALUE      a default of the deployment configuration
#   application KEY=VALUE     a default of the application configuration, over the chart's own
#   locked KEY                stagings can't override this deployment key
#   ingress-host-key KEY      the chart's value that gets NAME.BASE_DOMAIN
#   tag-key KEY               the chart's value that is the tag of the image
#   selector SELECTOR         the labels of what belongs to a staging; {name} stands for its name
#   wait yes|no               whether Helm waits until all is ready, and then runs hooks; yes unless set
#   timeout DURATION          how long it waits, for that and for a hook
#
# The last line of a kind counts where there can be only one. Sourced after arguments.sh and text.sh, with the directory
# of the scripts in $scripts.

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
    helm=${HELM_BIN:-helm}
    kubectl=${KUBECTL_BIN:-kubectl}
    setting ingress-host-key ingress.hostname
    host_key=${INGRESS_HOST_KEY-$value}
    setting tag-key image.tag
    tag_key=$value
    setting timeout 25m
    helm_timeout=$value
    setting wait yes
    case $value in
        yes | no) helm_waits=$value ;;
        *) fail "\"wait $value\" in $settings isn't understood: say yes or no." ;;
    esac
    setting selector 'app.kubernetes.io/instance={name}'
    replace_all "$value" '{name}' "$name"
    selector=$replaced
    if [ -n "$name" ] && [ "$selector" = "$value" ]; then
        fail "The selector \"$selector\" in $settings would be the same for all stagings: put {name} into it."
    fi
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
