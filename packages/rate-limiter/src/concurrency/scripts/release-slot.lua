-- release-slot: removes an attempt, whether it has a slot or waits for one, and names those whose turn it is.
-- KEYS  state (string)
-- ARGV  now in ms or "" | id of the attempt | slots in all
-- reply 1 it had a slot, 2 it waited, 0 it isn't there (any more); then the ids of those that wait and could have a slot now
--       or 3 alone: the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local own, place = find(held, ARGV[2]), find(queue, ARGV[2])
if not own and not place then return { 0 } end
if own then held = drop(held, own) end
if place then queue = drop(queue, place) end
save()

local reply = { own and 1 or 2 }
local turns = tonumber(ARGV[3]) - #held / WIDTH
for from = 1, math.min(#queue, turns * WIDTH), WIDTH do
  reply[#reply + 1] = string.sub(queue, from, from + ID - 1)
end
return reply
