-- Lends pairs for a limited time, front first. Delayed pairs that are due join the back of their priority's line first.
-- KEYS  ready, delayed, in flight, holders, pairs, attempts, refusals, recoveries, sequences, reply
-- ARGV  request id, the most pairs to lend, length of the lease in ms
-- Returns {fencing token (0: nothing was waiting), ms until the next delayed pair is due (-1: none), ids, entries,
--   attempts, refusals, recoveries}. Asked again after a lost reply, it lends the same pairs under the same token.
local ready, delayed, inFlight, holders, entriesById, attempts, refusals, recoveries, sequences, reply = unpack(KEYS)
local request, count, leaseMs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local BAND, MAX_PRIORITY, CHUNK = 1e13, 9, 4000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function ms(value) return string.format('%.0f', value) end

local function nextDue()
  local first = redis.call('ZRANGE', delayed, 0, 0, 'WITHSCORES')
  return first[2] and math.max(0, first[2] - now) or -1
end

-- HMGET in chunks that fit on Lua's stack.
local function lookUp(hash, ids)
  local values = {}
  for from = 1, #ids, CHUNK do
    local part = redis.call('HMGET', hash, unpack(ids, from, math.min(from + CHUNK - 1, #ids)))
    for i = 1, #part do values[from + i - 1] = part[i] end
  end
  return values
end

local function loan(token, ids)
  return { token, nextDue(), ids, lookUp(entriesById, ids), lookUp(attempts, ids), lookUp(refusals, ids), lookUp(recoveries, ids) }
end

local known = redis.call('GET', reply)
if known then
  local remembered = cmsgpack.unpack(known)
  if remembered[1] == request then return loan(remembered[2], remembered[3]) end
end

local function priorityOf(entry)
  local ok, read = pcall(cjson.decode, entry and entry:match('^%d+ (.*)$') or '')
  local priority = ok and type(read) == 'table' and tonumber(read.priority) or 0
  return (priority % 1 == 0 and priority >= 0 and priority <= MAX_PRIORITY) and priority or 0
end

local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', ms(now), 'LIMIT', 0, 1000)
if #due > 0 then
  local entries, scored = lookUp(entriesById, due), {}
  local arrival = redis.call('HINCRBY', sequences, 'arrival', #due) - #due
  for i, id in ipairs(due) do
    scored[#scored + 1] = ms((MAX_PRIORITY - priorityOf(entries[i])) * BAND + arrival + i)
    scored[#scored + 1] = id
  end
  redis.call('ZADD', ready, unpack(scored))
  redis.call('ZREM', delayed, unpack(due))
end

local popped = redis.call('ZPOPMIN', ready, count)
if #popped == 0 then return { 0, nextDue(), {}, {}, {}, {}, {} } end

local token = redis.call('HINCRBY', sequences, 'fence', 1)
local ids, leases, held = {}, {}, {}
local endsAt = ms(now + leaseMs)
for i = 1, #popped, 2 do
  local id = popped[i]
  ids[#ids + 1] = id
  leases[#leases + 1], leases[#leases + 2] = endsAt, id
  held[#held + 1], held[#held + 2] = id, token
end
for from = 1, #leases, CHUNK do
  local to = math.min(from + CHUNK - 1, #leases)
  redis.call('ZADD', inFlight, unpack(leases, from, to))
  redis.call('HSET', holders, unpack(held, from, to))
end
redis.call('SET', reply, cmsgpack.pack({ request, token, ids }), 'PX', 600000)
return loan(token, ids)
