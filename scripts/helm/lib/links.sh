# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what other files set is used here

# Prints the links of a staging: the hosts of its Ingresses and of its HTTPRoutes (Gateway API). Sourced after
# cluster.sh.

routes=httproutes.gateway.networking.k8s.io
gateways=gateways.gateway.networking.k8s.io

print_links() {
    list_known ingresses.networking.k8s.io Ingress ingresses
    list_known "$routes" HTTPRoute routes
    : >"$work/links"
    read_ingresses
    read_routes
    # Objects of both kinds can have the same name and host.
    awk '!seen[$0]++' "$work/links"
}

# list_known KINDS KIND TEMPLATE: lists the objects into a file with the template's name. If the cluster doesn't have
# this kind, there are none. The permission to list them is required only if the release contains some.
list_known() {
    "$kubectl" --namespace "$namespace" --request-timeout=20s get "$1" --selector "$selector" \
        --output "go-template-file=$scripts/lib/kubectl/$3" >"$work/$3" 2>"$work/err" && return
    reason
    case $reason in
        *"the server doesn't have a resource type"*) ;;
        *'(Forbidden)'*)
            [ -f "$work/owned" ] || read_manifest
            if grep -q -e "^$2 " "$work/owned"; then
                fail "The links of $name can't be told, as the account of these scripts may not list $1: allow it to get and list them."
            fi
            ;;
        *) fail "The cluster can't be asked: $reason" ;;
    esac
    : >"$work/$3"
}

add_link() { # OBJECT SCHEME HOST
    case $3 in
        \**) ;; # not an address
        *[!A-Za-z0-9.-]*) not_understood "the host $3" ;;
        *) csv_row "$1" "$2://$3" >>"$work/links" ;;
    esac
}

read_ingresses() {
    own=false
    while read -r what first second; do
        case $what in
            ingress)
                ingress=$second secured=' ' own=false
                is_name "$ingress" || not_understood "ingress $ingress"
                if is_own "$first"; then own=true; fi
                ;;
            tls)
                unquote "$first"
                secured="$secured$text "
                ;;
            rule)
                "$own" || continue
                unquote "$first${second:+ $second}"
                case $secured in
                    *" $text "* | *' * '* | *" *.${text#*.} "*) add_link "$ingress" https "$text" ;;
                    *) add_link "$ingress" http "$text" ;;
                esac
                ;;
        esac
    done <"$work/ingresses"
}

read_routes() {
    own=false
    while read -r what first second third fourth; do
        case $what in
            route)
                route=$second parents='' own=false
                is_name "$route" || not_understood "route $route"
                if is_own "$first"; then own=true; fi
                ;;
            parent) parents=$parents$first' '$second' '$third' '$fourth$line_break ;;
            host)
                "$own" || continue
                unquote "$first${second:+ $second}"
                host=$text
                find_scheme "$host"
                add_link "$route" "$scheme" "$host"
                ;;
        esac
    done <"$work/routes"
}

# find_scheme HOST: sets scheme to https if a listener of the route for that host has a certificate. A Gateway is often
# in a namespace that the account can't read; then the listener's name or port determines it.
find_scheme() {
    scheme=http
    while read -r gateway_namespace gateway section port; do
        [ -n "$gateway" ] || continue
        read_listeners "$gateway_namespace" "$gateway"
        if [ -s "$listeners" ]; then
            if has_https "$1" "$section" "$port"; then scheme=https; fi
        else
            case $section:$port in *https*:* | *:443) scheme=https ;; esac
        fi
    done <<PARENTS
$parents
PARENTS
}

# read_listeners NAMESPACE NAME: sets listeners to a file with the Gateway's listeners; empty if they can't be read.
read_listeners() {
    listeners=$work/listeners
    if ! is_name "$1" || ! is_name "$2"; then
        : >"$listeners"
        return
    fi
    listeners=$work/listeners_$1_$2
    [ -f "$listeners" ] ||
        "$kubectl" --namespace "$1" --request-timeout=20s get "$gateways/$2" \
            --output "go-template-file=$scripts/lib/kubectl/listeners" >"$listeners" 2>/dev/null ||
        : >"$listeners"
}

has_https() { # HOST SECTION PORT
    while read -r listener protocol number pattern; do
        [ "$protocol" = HTTPS ] || continue
        [ "$2" = - ] || [ "$2" = "$listener" ] || continue
        [ "$3" = - ] || [ "$3" = "$number" ] || continue
        unquote "$pattern"
        case $text in
            '' | "$1") return ;;
            \*.*) case $1 in *"${text#\*}") return ;; esac ;;
        esac
    done <"$listeners"
    return 1
}
