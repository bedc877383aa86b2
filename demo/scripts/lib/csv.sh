# shellcheck shell=sh
# csv_row FIELD...: prints a line of CSV, and quotes the fields that need it.

carriage_return=$(printf '\r')

csv_row() {
    separator=''
    for field; do
        printf '%s' "$separator"
        csv_field "$field"
        separator=,
    done
    printf '\n'
}

csv_field() {
    case $1 in
        *[\",]* | *"
"* | *"$carriage_return"* | ' '* | *' ')
            rest=$1
            printf '"'
            while :; do
                case $rest in
                    *'"'*) printf '%s""' "${rest%%\"*}" ;;
                    *) break ;;
                esac
                rest=${rest#*\"}
            done
            printf '%s"' "$rest"
            ;;
        *) printf '%s' "$1" ;;
    esac
}
