-- take-slot: takes a slot for one attempt, at once or when its turn comes. An attempt that has one keeps it for another lease.
-- KEYS  state (string)
-- ARGV  now in ms or "" | id of the attempt | slots in all | lease in ms | "ask", "queue" or "renew"
--       | how many ms a place in the queue lasts | how many may wait
-- reply 1 it has a slot, 2 it waits, 0 no slot is free, 4 too many wait; then held, waiting
--       or 3 alone: the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local id, slots, lease, mode = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local own, place = find(held, id), find(queue, id)
-- An attempt that is running already goes before all that wait.
local ahead = mode == "renew" and 0 or ((place or #queue + 1) - 1) / WIDTH

local status = 0
if own or ahead < slots - #held / WIDTH then
  status = 1
  held = put(held, own, id, at + lease)
elseif mode == "queue" then
  status = (place or #queue / WIDTH < tonumber(ARGV[7])) and 2 or 4
end
if status == 2 then
  queue = put(queue, place, id, at + tonumber(ARGV[6]))
elseif place then
  queue = drop(queue, place)
end
if place or status == 1 or status == 2 then save() end
return { status, #held / WIDTH, #queue / WIDTH }
