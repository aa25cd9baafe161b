#!/bin/sh
# Makes in the emulators what Bicep makes on Azure. Can be repeated. Needs az, curl and node.
set -eu
cd "$(dirname "$0")"

for name in lake spool; do
    az storage container create --connection-string UseDevelopmentStorage=true --name "$name" --output none
done
for name in Catalog ApiKeys Ledger; do
    az storage table create --connection-string UseDevelopmentStorage=true --name "$name" --output none
done

# Cosmos DB: this emulator checks no signatures, but wants the headers. 409 says that it is there.
cosmos() {
    status=$(curl -sk -o /dev/null -w '%{http_code}' -X POST "https://localhost:8081/$1" -H 'Content-Type: application/json' -H 'x-ms-version: 2018-12-31' \
        -H "x-ms-date: $(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')" -H 'Authorization: type%3dmaster%26ver%3d1.0%26sig%3dnone' -d "$2")
    case $status in 201|409) ;; *) echo "Cosmos DB answered $status to: $2" >&2; exit 1 ;; esac
}
cosmos dbs '{"id":"clickfuncs"}'
for name in partitions budgets flags; do
    cosmos dbs/clickfuncs/colls "{\"id\":\"$name\",\"partitionKey\":{\"paths\":[\"/pk\"],\"kind\":\"Hash\",\"version\":2},\"defaultTtl\":-1}"
done

# Kusto: the same script that Bicep runs.
node -e 'console.log(JSON.stringify({ db: "NetDefaultDB", csl: ".execute database script with (ThrowOnErrors=true) <|\n" + fs.readFileSync("../../functions/Kusto/schema.kql", "utf8") }))' |
    curl -sS --fail-with-body -o /dev/null -X POST http://localhost:8080/v1/rest/mgmt -H 'Content-Type: application/json' -d @-
echo "The emulators are ready."
