-- rule: one window of the policy, from the three arguments that begin at index.
local function ruleAt(index, cells)
  return {
    name = LETTER .. ARGV[index + 1],
    limit = tonumber(ARGV[index]),
    window = tonumber(ARGV[index + 1]),
    burst = tonumber(ARGV[index + 2]),
    cells = tonumber(cells),
  }
end
