-- gcra: a bucket that drains evenly: first is its level in units times window milliseconds when it was written, second how much of it
-- drains in a millisecond, rest since when everybody took by that pace. When it was written follows from when it is empty.
-- See gcra.ts. (a + -a % b) / b is a / b rounded up: calling math.ceil takes longer.
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
-- What has drained since may have been these units, those first that stay taken. By another pace nobody knows how much it was.
local written = expires - (first + -first % second) / second
if takenAt >= (tonumber(rest) or 0) and takenAt <= written then
  first = max(0, first - max(0, math.min(cost * span, taken * span - (written - takenAt) * second)))
  expires = written + (first + -first % second) / second
end
