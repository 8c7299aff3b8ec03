-- rule: one window of the policy, from the four arguments that begin at index, with what was taken of it.
local function ruleAt(index, cells)
  local name = ARGV[index]
  local window = known[name]
  if not window then
    window = { name = name, expires = 0, first = 0, second = 0, rest = "" }
    windows[#windows + 1] = window
  end
  window.limit, window.length, window.burst, window.cells = ARGV[index + 1] + 0, ARGV[index + 2] + 0, ARGV[index + 3] + 0, cells
  settle(window)
  return window
end
