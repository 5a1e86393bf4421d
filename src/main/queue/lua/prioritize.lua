-- Gives waiting pairs another priority. A ready pair moves by as many head starts as levels, and so keeps its arrival; at
-- the front it stays where it is. A delayed pair joins the line under its new priority. All others are passed over.
-- KEYS  ready, delayed, pairs, reply
-- ARGV  request id, head start of a priority level in µs, the priority, then ids, at most a few thousand
-- Returns how many changed. Asked again after a lost reply, it answers the same and changes nothing.
local ready, delayed, entriesById, reply = unpack(KEYS)
local request, headStart, priority = ARGV[1], tonumber(ARGV[2]), ARGV[3]

return once(reply, request, function()
  local changed = 0
  for i = 4, #ARGV do
    local id = ARGV[i]
    local score = redis.call('ZSCORE', ready, id)
    local entry = (score or redis.call('ZSCORE', delayed, id)) and redis.call('HGET', entriesById, id)
    local arrivedMs, before, raw = (entry or ''):match('^(%d+) (%d) (.*)$')
    if before and before ~= priority then
      redis.call('HSET', entriesById, id, arrivedMs .. ' ' .. priority .. ' ' .. raw)
      if score and tonumber(score) >= 0 then
        redis.call('ZADD', ready, string.format('%.0f', score - (priority - before) * headStart), id)
      end
      changed = changed + 1
    end
  end
  return changed
end)
