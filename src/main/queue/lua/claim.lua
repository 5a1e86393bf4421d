-- Lends pairs for a limited time, front first. Delayed pairs that are due join the line first, as if they came now.
-- KEYS  ready, delayed, in flight, pairs, troubles, sequences, reply
-- ARGV  request id, the most pairs to lend, length of the lease in ms, tokens that a lease tells apart, head start of a
--       priority level in µs
-- Returns {fencing token (0: nothing was waiting), ms until the next delayed pair is due (-1: none), ids, entries,
--   troubles (empty: none has any)}. Asked again after a lost reply, it lends those of the same pairs whose
--   lease has not ended, under the same token, in any order.
local ready, delayed, inFlight, entriesById, troubles, sequences, reply = unpack(KEYS)
local request, count, leaseMs, tokensApart, headStart = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local CHUNK = 4000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(value) return string.format('%.0f', value) end

local function nextDue()
  local first = redis.call('ZRANGE', delayed, 0, 0, 'WITHSCORES')
  return first[2] and math.max(0, first[2] - now) or -1
end

-- HMGET in chunks that fit on Lua's stack.
local function lookUp(hash, ids)
  if #ids <= CHUNK then return redis.call('HMGET', hash, unpack(ids)) end
  local values = {}
  for from = 1, #ids, CHUNK do
    local part = redis.call('HMGET', hash, unpack(ids, from, math.min(from + CHUNK - 1, #ids)))
    for i = 1, #part do values[from + i - 1] = part[i] end
  end
  return values
end

local function loan(token, ids)
  local hasTroubles = redis.call('EXISTS', troubles) == 1
  return { token, nextDue(), ids, lookUp(entriesById, ids), hasTroubles and lookUp(troubles, ids) or {} }
end

local known = redis.call('GET', reply)
if known then
  local remembered = cmsgpack.unpack(known)
  if remembered[1] == request then
    -- What still bears the lease of that claim. Those whose lease has ended since are others' to lend.
    local lease = remembered[3]
    return loan(remembered[2], redis.call('ZRANGEBYSCORE', inFlight, lease, lease))
  end
end

local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', whole(now), 'LIMIT', 0, 1000)
if #due > 0 then
  local entries, scored = lookUp(entriesById, due), {}
  local arrival = math.max(redis.call('HGET', sequences, 'arrival') or 0, time[1] * 1000000 + time[2])
  redis.call('HSET', sequences, 'arrival', whole(arrival + #due))
  for i, id in ipairs(due) do
    local priority = entries[i] and entries[i]:match('^%d+ (%d) ') or 0
    scored[2 * i - 1], scored[2 * i] = whole(arrival + i - priority * headStart), id
  end
  redis.call('ZADD', ready, unpack(scored))
  redis.call('ZREM', delayed, unpack(due))
end

-- Rather than ZPOPMIN, which spells the scores too.
local ids = count > 0 and redis.call('ZRANGE', ready, 0, count - 1) or {}
if #ids == 0 then return { 0, nextDue(), {}, {}, {} } end
redis.call('ZREMRANGEBYRANK', ready, 0, #ids - 1)

local token = redis.call('HINCRBY', sequences, 'fence', 1)
-- End of the lease and token in one number, as text: the server would spell a number anew for each pair.
local lease = whole(math.ceil((now + leaseMs) / 1000) * tokensApart + token % tokensApart)
local leases = {}
for i = 1, #ids do leases[2 * i - 1], leases[2 * i] = lease, ids[i] end
for from = 1, #leases, CHUNK do
  redis.call('ZADD', inFlight, unpack(leases, from, math.min(from + CHUNK - 1, #leases)))
end
redis.call('SET', reply, cmsgpack.pack({ request, token, lease }), 'PX', 600000)
return loan(token, ids)
