-- log: a sliding log of bounded size; see log.ts. first is how many units are used; second is how many the last pair has, whose time
-- is expires minus the window; rest is the pairs before it, as "time,units;" or, for a single unit, "time;".
local WIDTH, PAIR, NEXT = 3, "(%d+),?(%d*);", "^(%d+),?(%d*);()"

{{most}}
local most = limit

{{settle}}
-- Only expired pairs are read. The last pair hasn't expired, or the whole window would have.
local live = 1
while live < #rest do
  local time, units, after = match(rest, NEXT, live)
  if time + span > at then break end
  first, live = first - (units == "" and 1 or units), after
end
if live > 1 then rest = sub(rest, live) end

{{room}}
local room = max(0, limit - first)

{{wait}}
local over, next = first + wanted - limit, 1
if over > 0 then needed = expires - at end
while over > 0 and next < #rest do
  local time, units, after = match(rest, NEXT, next)
  over, next = over - (units == "" and 1 or units), after
  if over <= 0 then needed = time + span - at end
end

{{spend}}
local time = expires - span
-- Times are multiplied by cells, so that all are whole: the present cell begins at scaled - scaled % span.
local scaled = (born + at) * cells
if second == 0 then
  second = cost
elseif time == at or (limit > 2 * cells and (born + time) * cells >= scaled - scaled % span) then
  second = second + cost
else
  rest = format(second == 1 and "%s%d;" or "%s%d,%d;", rest, time, second)
  second = cost
end
first, expires = first + cost, at + span

{{refund}}
-- The units go back to the first pair at or after the time at which they were taken, as long as that counts.
if takenAt + span > at then
  local kept, given, last, amount = "", 0, nil, 0
  for time, units in string.gmatch(format("%s%d,%d;", rest, expires - span, second), PAIR) do
    time, units = time + 0, units == "" and 1 or units + 0
    if given == 0 and time >= takenAt then
      given = math.min(units, cost)
      units = units - given
    end
    if units > 0 then
      if last then kept = format(amount == 1 and "%s%d;" or "%s%d,%d;", kept, last, amount) end
      last, amount = time, units
    end
  end
  first, second, rest, expires = first - given, amount, kept, last and last + span or 0
end
