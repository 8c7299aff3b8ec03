-- refund: gives back what one spending took, in each window where it still counts.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | born of the state it was taken from | when it was taken (from born) | cells | of each window: limit, window in ms, burst
-- reply 1 the state is the one it was taken from, 0 it is another; 3 it can't be read, and nothing was written
-- clock the server's, held where it steps back
if not raw or born ~= tonumber(ARGV[3]) then return { 0 } end
for index = 6, #ARGV, 3 do
  local rule = ruleAt(index, ARGV[5])
  local window = windows[rule.name]
  if window then refund(open(window, rule), rule, tonumber(ARGV[2]), tonumber(ARGV[4])) end
end
save()
return { 1 }
