#!/usr/bin/env bash
set -euo pipefail
# Nightly copy of what the shop serves.
aws s3 sync s3://acme-prod-assets/public s3://acme-prod-assets-replica/public --delete
aws s3 cp report.csv s3://acme-billing-exports-2026/daily/report.csv
curl --fail "https://acme-media.originals.s3.ap-northeast-2.amazonaws.com/logo.svg" --output logo.svg
