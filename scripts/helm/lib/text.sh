# shellcheck shell=sh
# shellcheck disable=SC2034 # what is set here is used by the scripts

# Text that may be anything, without starting a process for each piece of it.

line_break='
'
backslash=\\

# replace_all TEXT WHAT BY: sets replaced.
replace_all() {
    rest=$1 replaced=''
    while :; do
        case $rest in
            *"$2"*) replaced=$replaced${rest%%"$2"*}$3 rest=${rest#*"$2"} ;;
            *) break ;;
        esac
    done
    replaced=$replaced$rest
}

# escape TEXT: sets line. A backslash is doubled and a line break is \n, so that a line stays a line; the chart's values
# are written down in the same way.
escape() {
    line=$1
    case $line in
        *\\* | *"$line_break"*)
            replace_all "$line" "$backslash" "$backslash$backslash"
            replace_all "$replaced" "$line_break" "${backslash}n"
            line=$replaced
            ;;
    esac
}

# unescape LINE: sets text.
unescape() {
    text=$1
    case $text in
        *\\*)
            text=$(printf '%b.' "$text")
            text=${text%.}
            ;;
    esac
}
