-- Prolongs the leases of pairs that are still held under their token.
-- KEYS  in flight, holders
-- ARGV  length of the lease in ms, then per pair: id, token
-- Returns the ids that are not held under their token any more.
local inFlight, holders = unpack(KEYS)
local CHUNK = 2000

local time = redis.call('TIME')
local endsAt = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1])

local lost = {}
for from = 2, #ARGV, 2 * CHUNK do
  local to = math.min(from + 2 * CHUNK - 1, #ARGV)
  local ids, leases = {}, {}
  for i = from, to, 2 do ids[#ids + 1] = ARGV[i] end
  local tokens = redis.call('HMGET', holders, unpack(ids))
  for i, id in ipairs(ids) do
    if tokens[i] == ARGV[from + 2 * i - 1] then
      leases[#leases + 1], leases[#leases + 2] = endsAt, id
    else
      lost[#lost + 1] = id
    end
  end
  if #leases > 0 then redis.call('ZADD', inFlight, 'XX', unpack(leases)) end
end
return lost
