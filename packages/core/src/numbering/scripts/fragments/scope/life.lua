-- The scope's life: its epoch, and its birth, which is when it began to count. Both stand in the counters and in the newest
-- generation, and are written together. The birth is 0 if nobody knows it: then every key that knew all numbers is lost, and
-- numbers may come again.

-- The epoch and the birth, given what the counters say. The third result is whether they say nothing: they may be lost.
local function lifeOf(storedEpoch, storedBorn)
  local epoch, born = whole(storedEpoch, "!epoch"), whole(storedBorn, "!born")
  if not newest.live then return epoch, born, epoch == 0 end
  return math.max(epoch, newest.epoch), born == 0 and newest.born or born, epoch == 0
end

-- The epoch and the birth. The counters are asked only if the newest generation doesn't know.
local function readLife()
  if newest.live and newest.born > 0 then return newest.epoch, newest.born end
  return lifeOf(unpack(redis.call("HMGET", KEYS[1], "!epoch", "!born")))
end
