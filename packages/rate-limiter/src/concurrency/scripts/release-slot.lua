-- release-slot: takes an attempt away, whether it has a slot or waits for one, and names whose turn it is.
-- KEYS  state (string)
-- ARGV  now in ms or "" | id of the attempt | slots in all
-- reply 1 it had a slot, 2 it waited, 0 it isn't there (any more); then the ids of those who wait and could have a slot now
--       or 3 alone: the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local own, place = placeOf(held, ARGV[2]), placeOf(queue, ARGV[2])
if own then table.remove(held, own) end
if place then table.remove(queue, place) end
if not own and not place then return { 0 } end
save()

local reply = { own and 1 or 2 }
for turn = 1, math.min(#queue, tonumber(ARGV[3]) - #held) do
  reply[#reply + 1] = queue[turn].id
end
return reply
