-- Puts failed pairs back to the end of the line, with a clean record. Ids that are not failed are passed over.
-- KEYS  ready, failed, failures, sequences, pairs
-- ARGV  ids, at most a few thousand
-- Returns how many were put back.
local ready, failed, failures, sequences, entriesById = unpack(KEYS)
local BAND, MAX_PRIORITY = 1e13, 9

local function priorityOf(entry)
  local ok, read = pcall(cjson.decode, entry and entry:match('^%d+ (.*)$') or '')
  local priority = ok and type(read) == 'table' and tonumber(read.priority) or 0
  return (priority % 1 == 0 and priority >= 0 and priority <= MAX_PRIORITY) and priority or 0
end

local returned = 0
for _, id in ipairs(ARGV) do
  if redis.call('ZREM', failed, id) == 1 then
    redis.call('HDEL', failures, id)
    local arrival = redis.call('HINCRBY', sequences, 'arrival', 1)
    local band = (MAX_PRIORITY - priorityOf(redis.call('HGET', entriesById, id))) * BAND
    redis.call('ZADD', ready, string.format('%.0f', band + arrival), id)
    returned = returned + 1
  end
end
return returned
