# shellcheck shell=sh
# shellcheck disable=SC2034 # what is set here is used by the scripts

# Functions for any text that don't start a process for each piece of it.

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

# escape TEXT: sets line. Doubles backslashes and replaces line breaks by \n, so that a line stays a line. The chart's
# values are written in the same way.
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
