-- Removes the marked mappings, and the forward fields in `leads`, from these generations. If an entry led to a mark, `own` is
-- the entry's record, and a stored record that turns out to be someone else's is spared.
local function removeMarked(generations, leads, marks)
  local reverse, spared = {}, {}
  for place, mark in ipairs(marks) do reverse[place] = mark.field end
  for _, generation in ipairs(generations) do
    local gone, forward, numbers = {}, {}, {}
    for _, lead in ipairs(leads) do gone[#gone + 1] = lead end
    for place, stored in ipairs(readFields(generation.key, reverse)) do
      local mark = marks[place]
      local record = stored and readRecord(stored)
      if record and mark.own and differs(record, mark.own) then
        stored, record, spared[place] = false, nil, true
      end
      if stored then
        mark.found, gone[#gone + 1] = true, mark.field
        for _, lead in ipairs(record and forwardOf(record, mark.name) or {}) do
          forward[#forward + 1], numbers[#numbers + 1] = lead, mark.number
        end
      end
    end
    -- A forward field that leads to another number by now belongs to another mapping.
    for place, number in ipairs(readFields(generation.key, forward)) do
      if number == numbers[place] then gone[#gone + 1] = forward[place] end
    end
    sendAll("HDEL", generation.key, gone)
  end
  for place in pairs(spared) do marks[place].found = false end
end
