-- Prolongs the leases of pairs that are still held under their token.
-- KEYS  in flight, sequences
-- ARGV  length of the lease in ms, tokens that a lease tells apart, then per pair: id, token
-- Returns the ids that are not held under their token any more.
local inFlight, sequences = unpack(KEYS)
local leaseMs, tokensApart = tonumber(ARGV[1]), tonumber(ARGV[2])
local CHUNK = 2000

local time = redis.call('TIME')
local endsAt = math.ceil((time[1] * 1000 + time[2] / 1000 + leaseMs) / 1000)
local fence = tonumber(redis.call('HGET', sequences, 'fence') or 0)

local lost = {}
for from = 3, #ARGV, 2 * CHUNK do
  local to = math.min(from + 2 * CHUNK - 1, #ARGV)
  local ids, prolonged = {}, {}
  for i = from, to, 2 do ids[#ids + 1] = ARGV[i] end
  local leases = redis.call('ZMSCORE', inFlight, unpack(ids))
  for i, id in ipairs(ids) do
    local token = ARGV[from + 2 * i - 1]
    local mark = token % tokensApart
    if leases[i] and leases[i] % tokensApart == mark and fence - token < tokensApart then
      prolonged[#prolonged + 1], prolonged[#prolonged + 2] = string.format('%.0f', endsAt * tokensApart + mark), id
    else
      lost[#lost + 1] = id
    end
  end
  if #prolonged > 0 then redis.call('ZADD', inFlight, 'XX', unpack(prolonged)) end
end
return lost
