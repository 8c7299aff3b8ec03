-- The scope's epoch, and when it was born: 0 while nobody knows, as what knew every number is lost and they may come again.
-- Both stand in the counters and in the newest generation, and are written together.

-- From what the counters say; whether they say nothing, as when they are lost, comes third.
local function lifeOf(storedEpoch, storedBorn)
  local epoch, born = whole(storedEpoch, "!epoch"), whole(storedBorn, "!born")
  if not newest.live then return epoch, born, epoch == 0 end
  return math.max(epoch, newest.epoch), born == 0 and newest.born or born, epoch == 0
end

-- From the newest generation where it knows, without asking the counters.
local function readLife()
  if newest.live and newest.born > 0 then return newest.epoch, newest.born end
  return lifeOf(unpack(redis.call("HMGET", KEYS[1], "!epoch", "!born")))
end
