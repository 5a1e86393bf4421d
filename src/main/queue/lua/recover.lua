-- Takes back the pairs whose leases have ended, at most a thousand: to the front, or to failed where too many engines
-- have died over a pair. A crash is counted apart from the pair's own failures.
-- KEYS  ready, in flight, holders, attempts, refusals, recoveries, failed, failures, ledger, sequences
-- ARGV  crashes that a pair may be part of
-- Returns {pairs put to the front, pairs failed}.
local ready, inFlight, holders, attempts, refusals, recoveries, failed, failures, ledger, sequences = unpack(KEYS)
local maxRecoveries = tonumber(ARGV[1])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function ms(value) return string.format('%.0f', value) end

local ended = redis.call('ZRANGEBYSCORE', inFlight, '-inf', ms(now), 'LIMIT', 0, 1000)
if #ended == 0 then return { 0, 0 } end
redis.call('ZREM', inFlight, unpack(ended))
redis.call('HDEL', holders, unpack(ended))
redis.call('HINCRBY', ledger, 'recovered', #ended)

local returned = {}
for _, id in ipairs(ended) do
  local crashes = redis.call('HINCRBY', recoveries, id, 1)
  if crashes <= maxRecoveries then
    returned[#returned + 1] = id
  else
    redis.call('ZADD', failed, ms(now), id)
    redis.call('HSET', failures, id, cjson.encode({
      reason = 'crashed',
      message = 'every engine that worked it died, ' .. crashes .. ' times (setting [engine] max_recoveries)',
      attempts = tonumber(redis.call('HGET', attempts, id) or 0),
      refusals = tonumber(redis.call('HGET', refusals, id) or 0),
      recoveries = crashes,
      failedAtMs = now,
    }))
    redis.call('HDEL', attempts, id)
    redis.call('HDEL', refusals, id)
    redis.call('HDEL', recoveries, id)
  end
end

if #returned > 0 then
  local front = redis.call('HINCRBY', sequences, 'front', #returned)
  local scored = {}
  for i, id in ipairs(returned) do
    scored[#scored + 1], scored[#scored + 2] = ms(i - 1 - front), id
  end
  redis.call('ZADD', ready, unpack(scored))
end
return { #returned, #ended - #returned }
