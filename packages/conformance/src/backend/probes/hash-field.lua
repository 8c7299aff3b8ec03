-- Writes a field of a hash, or removes it.
-- KEYS  1 the hash
-- ARGV  1 store time, unused   2 field   3 value, "" to remove the field   4 TTL of the hash in ms, "" to leave it
-- Reply how many fields the hash has now
-- Clock the server's, for the TTL.
if ARGV[3] == "" then
  redis.call("HDEL", KEYS[1], ARGV[2])
else
  redis.call("HSET", KEYS[1], ARGV[2], ARGV[3])
end
if ARGV[4] ~= "" then redis.call("PEXPIRE", KEYS[1], ARGV[4]) end
return redis.call("HLEN", KEYS[1])
