# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the scripts use what is set here; eval sets what is used here

# Reads the arguments that Octopod passes to control scripts. Sourced; then
#
#   parse_arguments "$@"
#
# sets project_name, base_domain, namespace, name, old_status and new_status (empty if not given), and
#
#   deployment_value KEY [DEFAULT]      application_value KEY [DEFAULT]
#
# set the variable value. each_deployment and each_application call a function with every key and value.
#
# A value can contain anything: blanks, quotes, line breaks, "=", a leading dash. Therefore no value is expanded without
# quotes, printed by echo, or evaluated. The pairs are stored in numbered variables, and only their numbers are part of
# an eval.

complain() {
    printf '%s\n' "$*" >&2
}

fail() {
    complain "$@"
    exit 1
}

parse_arguments() {
    project_name='' base_domain='' namespace='' name='' old_status='' new_status=''
    deployment_count=0 application_count=0
    while [ $# -gt 0 ]; do
        [ $# -ge 2 ] || fail "The argument $1 has no value."
        case $1 in
            --project-name) project_name=$2 ;;
            --base-domain) base_domain=$2 ;;
            --namespace) namespace=$2 ;;
            --name) name=$2 ;;
            --old-status) old_status=$2 ;;
            --new-status) new_status=$2 ;;
            --deployment-config | --application-config)
                case $2 in
                    =*) fail "$1 $2 has no key." ;;
                    *=*) ;;
                    *) fail "$1 $2 is not of the form KEY=VALUE." ;;
                esac
                if [ "$1" = --deployment-config ]; then
                    deployment_count=$((deployment_count + 1))
                    eval "deployment_$deployment_count=\$2"
                else
                    application_count=$((application_count + 1))
                    eval "application_$application_count=\$2"
                fi
                ;;
            *) fail "This script doesn't know the argument $1." ;;
        esac
        shift 2
    done
}

# need VARIABLE...: fails unless the arguments have set all of these variables.
need() {
    for variable; do
        eval "given=\$$variable"
        [ -n "$given" ] || fail "The argument --$(printf '%s' "$variable" | tr _ -) is missing."
    done
}

deployment_value() { find_value deployment "$deployment_count" "$@"; }
application_value() { find_value application "$application_count" "$@"; }

find_value() { # KIND COUNT KEY [DEFAULT]
    value=${4-} index=0
    while [ "$index" -lt "$2" ]; do
        index=$((index + 1))
        eval "pair=\$$1_$index"
        if [ "${pair%%=*}" = "$3" ]; then
            value=${pair#*=}
        fi
    done
}

each_deployment() { each_pair deployment "$deployment_count" "$1"; }
each_application() { each_pair application "$application_count" "$1"; }

each_pair() { # KIND COUNT FUNCTION
    index=0
    while [ "$index" -lt "$2" ]; do
        index=$((index + 1))
        eval "pair=\$$1_$index"
        "$3" "${pair%%=*}" "${pair#*=}"
    done
}
