-- gcra: a bucket that drains evenly; see gcra.ts. first is its level when it was written, in units times window milliseconds; second
-- is how much of it drains in a millisecond (its pace), and rest since when all spendings have had that pace. When it was written
-- follows from when it is empty. (a + -a % b) / b is a / b rounded up, which is faster than calling math.ceil.
local WIDTH = 4

{{most}}
local most = ARGV[index + 3] + 0

{{settle}}
if first > 0 then
  first = first - (at - expires + (first + -first % second) / second) * limit
  if first < 0 then first = 0 end
end
if second ~= limit then second, rest = limit, at end
expires = at + (first + -first % limit) / limit

{{room}}
local room = most * span - first
room = room > 0 and (room - room % span) / span or 0

{{wait}}
local over = first - (most - wanted) * span
if over > 0 then needed = (over + -over % limit) / limit end

{{spend}}
first = first + cost * span
expires = at + (first + -first % limit) / limit

{{refund}}
-- What has drained since then may have been these units: first those that stay taken, then those that are given back. If the pace
-- has changed since, nobody knows how much has drained.
local written = expires - (first + -first % second) / second
if takenAt >= (tonumber(rest) or 0) and takenAt <= written then
  first = max(0, first - max(0, math.min(cost * span, taken * span - (written - takenAt) * second)))
  expires = written + (first + -first % second) / second
end
