# shellcheck shell=sh
# shellcheck source=../../../scripts/helm/lib/csv.sh
# The demo reads this file from the Helm scripts. In a copy of the demo, put that file in the place of this one.
. "$scripts/../../scripts/helm/lib/csv.sh"
