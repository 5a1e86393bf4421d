-- Takes back the pairs whose leases have ended, at most a thousand: to the front, or to failed where too many engines
-- have died over a pair. A crash is counted apart from the pair's own failures.
-- KEYS  ready, in flight, troubles, failed, failures, ledger, sequences
-- ARGV  crashes that a pair may be part of, tokens that a lease tells apart
-- Returns {pairs put to the front, pairs failed}.
local ready, inFlight, troubles, failed, failures, ledger, sequences = unpack(KEYS)
local maxRecoveries, tokensApart = tonumber(ARGV[1]), tonumber(ARGV[2])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(value) return string.format('%.0f', value) end

local ended = redis.call('ZRANGEBYSCORE', inFlight, '-inf', '(' .. whole((time[1] + 1) * tokensApart), 'LIMIT', 0, 1000)
if #ended == 0 then return { 0, 0 } end
redis.call('ZREM', inFlight, unpack(ended))
redis.call('HINCRBY', ledger, 'recovered', #ended)

local counts = redis.call('HMGET', troubles, unpack(ended))
local returned, counted, failedAt, failuresOf, cleared = {}, {}, {}, {}, {}
for i, id in ipairs(ended) do
  local attempts, refusals, recoveries, last = (counts[i] or '0 0 0'):match('^(%d+) (%d+) (%d+)(.*)$')
  local crashes = recoveries + 1
  if crashes <= maxRecoveries then
    returned[#returned + 1] = id
    counted[#counted + 1], counted[#counted + 2] = id, attempts .. ' ' .. refusals .. ' ' .. whole(crashes) .. last
  else
    cleared[#cleared + 1] = id
    failedAt[#failedAt + 1], failedAt[#failedAt + 2] = whole(now), id
    failuresOf[#failuresOf + 1], failuresOf[#failuresOf + 2] = id, cjson.encode({
      reason = 'crashed',
      message = 'every engine that worked it died, ' .. crashes .. ' times (setting [engine] max_recoveries)',
      attempts = tonumber(attempts),
      refusals = tonumber(refusals),
      recoveries = crashes,
      failedAtMs = now,
    })
  end
end

if #cleared > 0 then
  redis.call('ZADD', failed, unpack(failedAt))
  redis.call('HSET', failures, unpack(failuresOf))
  redis.call('HDEL', troubles, unpack(cleared))
end
if #returned > 0 then
  redis.call('HSET', troubles, unpack(counted))
  local front = redis.call('HINCRBY', sequences, 'front', #returned)
  local scored = {}
  for i, id in ipairs(returned) do scored[2 * i - 1], scored[2 * i] = whole(i - 1 - front), id end
  redis.call('ZADD', ready, unpack(scored))
end
return { #returned, #cleared }
