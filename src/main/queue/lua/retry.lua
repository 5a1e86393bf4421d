-- Puts failed pairs back into the line, as if they came now, with a clean record. Ids that are not failed are passed over.
-- KEYS  ready, failed, failures, sequences, pairs, reply
-- ARGV  request id, head start of a priority level in µs, then ids, at most a few thousand
-- Returns how many were put back. Asked again after a lost reply, it answers the same and changes nothing.
local ready, failed, failures, sequences, entriesById, reply = unpack(KEYS)
local request, headStart = ARGV[1], tonumber(ARGV[2])
local function whole(value) return string.format('%.0f', value) end

return once(reply, request, function()
  local returned = {}
  for i = 3, #ARGV do
    if redis.call('ZREM', failed, ARGV[i]) == 1 then returned[#returned + 1] = ARGV[i] end
  end
  if #returned == 0 then return 0 end

  local time = redis.call('TIME')
  local arrival = math.max(redis.call('HGET', sequences, 'arrival') or 0, time[1] * 1000000 + time[2])
  redis.call('HSET', sequences, 'arrival', whole(arrival + #returned))
  local entries, scored = redis.call('HMGET', entriesById, unpack(returned)), {}
  for i, id in ipairs(returned) do
    local priority = entries[i] and entries[i]:match('^%d+ (%d) ') or 0
    scored[2 * i - 1], scored[2 * i] = whole(arrival + i - priority * headStart), id
  end
  redis.call('ZADD', ready, unpack(scored))
  redis.call('HDEL', failures, unpack(returned))
  return #returned
end)
