-- fixed-window: first is what has been taken in the window that ends at second, a multiple of the window since the epoch. See
-- fixed-window.ts.
local WIDTH = 3

{{most}}
local most = limit

{{settle}}
if second <= at then first, second = 0, (floor((born + at) / span) + 1) * span - born end

{{room}}
local room = max(0, limit - first)

{{wait}}
if first + wanted > limit then needed = second - at end

{{spend}}
first, expires = first + cost, second

{{refund}}
if takenAt >= second - span then first = max(0, first - cost) end
if first == 0 then expires = 0 end
