#!/bin/sh
# Makes the secrets that are missing. One that exists is never changed: links that are out would die, and pseudonyms no longer meet.
set -eu

# The role that was just given takes a while to hold.
tries=0
until existing=$(az keyvault secret list --vault-name "$CLICKFUNCS_VAULT" --query '[].name' --output tsv 2>/dev/null); do
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || { echo "The vault $CLICKFUNCS_VAULT can not be read: az keyvault secret list --vault-name $CLICKFUNCS_VAULT" >&2; exit 1; }
    sleep 10
done

for name in link-key-1 pseudonym identity; do
    if ! printf '%s\n' "$existing" | grep -qx "$name"; then
        file=$(mktemp)
        trap 'rm -f "$file"' EXIT
        openssl rand -base64 32 | tr -d '\n' > "$file"
        # By file: what stands on a command line can be read by others.
        az keyvault secret set --vault-name "$CLICKFUNCS_VAULT" --name "$name" --file "$file" --encoding utf-8 --output none
        rm -f "$file"
        echo "Made the secret $name."
    fi
done
