-- gcra: a bucket that drains evenly: first is its level in units times window milliseconds, and second when it was so full. See gcra.ts.
local WIDTH, ceil = 4, math.ceil

{{most}}
local most = ARGV[index + 3] + 0

{{settle}}
first, second = max(0, first - (at - second) * limit), at
expires = at + ceil(first / limit)

{{room}}
local room = max(0, floor((most * span - first) / span))

{{wait}}
needed = max(0, ceil((first - (most - wanted) * span) / limit))

{{spend}}
first = first + cost * span
expires = at + ceil(first / limit)

{{refund}}
-- What has drained since may have been these units: only what can't have been is given back.
first = max(0, first - max(0, cost * span - (at - spentAt) * limit))
expires = at + ceil(first / limit)
