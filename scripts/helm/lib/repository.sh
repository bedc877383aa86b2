# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here, what is set here is used by the scripts

# Downloads a chart from a repository or a registry, and explains their errors. Sourced by chart.sh.

# Sets ca_file, plain_http and pass_credentials for the default repository. Like the agent's password, they are not for
# a repository that a staging chooses.
read_repository_settings() { # USUAL
    ca_file='' plain_http=no pass_credentials=no
    [ "$1" = true ] || return 0
    setting ca-file ''
    ca_file=${HELM_CA_FILE:-$value}
    yes_or_no pass-credentials no
    pass_credentials=$value
    yes_or_no plain-http no
    case $chart_repo_url in oci://*) plain_http=$value ;; esac
}

# Adds to whole_id how the repository is trusted, because a chart that was downloaded by trusting an authority is only
# for scripts that trust the same one. Fails if no program for digests is installed.
identify_trust() {
    [ "$plain_http" = no ] || whole_id="$whole_id
plain-http"
    [ -n "$ca_file" ] || return 0
    authority_digest=$(digest <"$ca_file") || return 1
    whole_id="$whole_id
$authority_digest"
}

# pull_chart DIRECTORY: downloads the chart. Doesn't change Helm's own list of repositories, because several scripts can
# run at the same time. Credentials are passed through stdin, so that the list of processes doesn't contain them.
pull_chart() {
    mkdir -p "$1"
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
    with_trust "$helm" pull --destination "$1" ${chart_version:+"--version=$chart_version"} "$reference" >"$work/out" 2>"$work/err" ||
        refuse_chart
    # These files contain the password.
    rm -f "$work/repositories.yaml" "$work/registry.json"
}

# with_trust COMMAND...: runs the command with the options for TLS.
with_trust() {
    if [ -n "$ca_file" ]; then set -- "$@" --ca-file "$ca_file"; fi
    if [ "$plain_http" = yes ]; then set -- "$@" --plain-http; fi
    "$@"
}

add_repository() {
    HELM_REPOSITORY_CONFIG=$work/repositories.yaml HELM_REPOSITORY_CACHE=$work/repository
    export HELM_REPOSITORY_CONFIG HELM_REPOSITORY_CACHE
    set -- repo add octopod "$chart_repo_url"
    if [ -n "$chart_repo_user" ]; then
        set -- "$@" --username "$chart_repo_user" --password-stdin
        if [ "$pass_credentials" = yes ]; then set -- "$@" --pass-credentials; fi
    fi
    printf '%s' "$chart_repo_pass" | with_trust "$helm" "$@" >"$work/out" 2>"$work/err" || refuse_repository
}

log_in() {
    [ -n "$chart_repo_user" ] || return 0
    HELM_REGISTRY_CONFIG=$work/registry.json
    export HELM_REGISTRY_CONFIG
    registry=${chart_repo_url#oci://}
    registry=${registry%%/*}
    printf '%s' "$chart_repo_pass" |
        with_trust "$helm" registry login "$registry" --username "$chart_repo_user" --password-stdin >"$work/out" 2>"$work/err" ||
        refuse_repository
}

# --- explanations of errors -----------------------------------------------------------------------------

refuse_repository() {
    reason
    explain || explanation=$reason
    case $chart_repo_url in
        oci://*) kind=registry ;;
        *) kind=repository ;;
    esac
    fail "chart_repo_url: $chart_repo_url can't be read as a $kind of charts: $explanation"
}

refuse_chart() {
    reason
    if [ -n "$chart_version" ]; then
        sought="chart_version: there is no version \"$chart_version\" of the chart \"$chart_name\""
    else
        sought="chart_name: there is no chart \"$chart_name\""
    fi
    case "$chart_repo_url $reason" in
        # For a missing chart, Helm's message adds only internal names of this script, or of requests.
        *' not found in octopod index'* | *': not found' | *' code 404'* | ' '*': 404 '*) explanation='' ;;
        *)
            if explain; then
                sought="chart_repo_url: the chart \"$chart_name\" can't be got"
                fail "$sought${chart_repo_url:+ from $chart_repo_url}: $explanation"
            fi
            explanation=": $reason"
            ;;
    esac
    fail "$sought${chart_repo_url:+ in $chart_repo_url}${explanation:-.}"
}

# Sets explanation to the meaning of reason, and fails if that is unknown.
explain() {
    find_refuser
    # Helm 3.18 then tries HTTP automatically.
    if [ "$plain_http" = no ]; then
        case $chart_repo_url$reason in
            oci://*'"http://'*)
                explain_insecure
                return
                ;;
        esac
    fi
    case $reason in
        *'basic credential not found'* | *': 401 '* | *' code 401'*) explain_unauthorized ;;
        *': 403 '* | *' code 403'*) explain_forbidden ;;
        *index.yaml' : 404 '*)
            explanation="there is no index.yaml (404). Say the address in which the repository has it." ;;
        *'failed to fetch '*': 404 '*)
            explanation="its index says that the chart is at $refusing_url, and there is none (404)." ;;
        *': 5'[0-9][0-9]' '* | *' code 5'[0-9][0-9]*)
            explanation="$refuser has a problem of its own (5${reason##*[: ]5}). Try again later." ;;
        *'unknown flag: --plain-http'*)
            explanation="this version of Helm can't log in to a registry without TLS. Install Helm 3.18 or a newer one on the agent." ;;
        *'append certificates'*) explanation="there is no certificate in PEM in $ca_file." ;;
        *'x509: '* | *'HTTP response to HTTPS client'*) explain_insecure ;;
        *'error converting YAML'* | *'error unmarshaling JSON'* | *'empty index.yaml'* | *'no API version specified'*)
            explanation="its index.yaml is none of a repository of charts (${reason##*cannot be reached: })." ;;
        *': no such host'*)
            explanation="the host $refusing_host isn't known. Look whether it is written correctly." ;;
        *'et "'*'": '*) explanation="$refuser can't be reached (${reason##*: })." ;;
        *) return 1 ;;
    esac
}

# Sets refusing_url to the URL in reason, refusing_host to its host, and refuser to a description of it. An index can
# refer to charts at other URLs, and a registry can require a token from another host.
find_refuser() {
    case $reason in
        *'failed to fetch '*) refusing_url=${reason#*failed to fetch } ;;
        *'Get "'*) refusing_url=${reason#*Get \"} ;;
        *) refusing_url=$chart_repo_url/ ;;
    esac
    refusing_url=${refusing_url%%[ \"]*}
    origin_of "$refusing_url"
    refusing_host=${origin#*://}
    refuser=$origin
    origin_of "$chart_repo_url"
    elsewhere=false
    case $chart_repo_url in
        oci://*) refuser=it ;;
        *://*)
            if [ "$refuser" = "$origin" ]; then
                refuser=it
            else
                elsewhere=true refuser="$refuser, where its index has the chart,"
            fi
            ;;
    esac
}

# origin_of URL: sets origin to scheme, host and port.
origin_of() {
    host=${1#*://}
    host=${host%%/*}
    origin=${1%%://*}://${host##*@}
}

explain_unauthorized() {
    if "$elsewhere" && [ -n "$chart_repo_user" ] && [ "$pass_credentials" = no ]; then
        explanation="$refuser asks for a user and a password (401), and gets those of $origin only if an administrator lets them be passed on."
    elif [ -n "$chart_repo_user" ]; then
        explanation="$refuser doesn't take the user \"$chart_repo_user\" with this password (401)."
    else
        say_password them
        explanation="$refuser asks for a user and a password (401). $hint"
    fi
}

explain_forbidden() {
    if [ -n "$chart_repo_user" ]; then
        explanation="$refuser doesn't let the user \"$chart_repo_user\" read this (403). Give that account the right to read there."
    else
        say_password 'a user and a password'
        explanation="$refuser doesn't let all users read this (403). $hint"
    fi
}

# say_password WHAT: sets hint to how the user provides a user name and a password.
say_password() {
    if "$usual_repository"; then
        hint="Bind $1 to HELM_USER and HELM_PASS in the project's settings."
    else
        hint="Give $1 in chart_repo_user and chart_repo_pass."
    fi
}

explain_insecure() {
    case $reason in
        *'unknown authority'*)
            if [ -n "$ca_file" ]; then
                explanation="no authority in $ca_file has signed the certificate of $refusing_host."
            elif "$usual_repository"; then
                explanation="this machine doesn't know the authority that has signed the certificate of $refusing_host. Bind the file with the certificate of that authority to HELM_CA_FILE in the project's settings."
            else
                explanation="this machine doesn't know the authority that has signed the certificate of $refusing_host."
            fi
            ;;
        *'x509: '*) explanation="the certificate of $refusing_host isn't valid (${reason##*x509: })." ;;
        *)
            explanation="$refusing_host speaks HTTP and not HTTPS."
            case $chart_repo_url in
                https://*) explanation="$explanation Say http:// if that is right." ;;
                oci://*) explanation="$explanation If that is right, an administrator allows plain HTTP." ;;
            esac
            ;;
    esac
}
