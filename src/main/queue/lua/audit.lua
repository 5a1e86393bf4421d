-- The ledger, in one look.
-- KEYS  inbox, ready, delayed, in flight, pairs, done, failed, rejected, ledger
-- Returns {enqueued, ready, delayed, in flight, done, failed, discarded, inbox, rejected, duplicates, recovered,
--   pairs known, arrival of the oldest of the next hundred ready pairs in Unix ms (0: none is ready), now in Unix ms}.
local inbox, ready, delayed, inFlight, entriesById, done, failed, rejected, ledger = unpack(KEYS)

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counters = redis.call('HMGET', ledger, 'enqueued', 'discarded', 'duplicates', 'recovered')
local function counter(i) return tonumber(counters[i] or 0) end

-- The line is in the order of arrival less head starts, so that the oldest need not be at its head, but is near it.
local oldest = 0
local nextOnes = redis.call('ZRANGE', ready, 0, 99)
local entries = #nextOnes > 0 and redis.call('HMGET', entriesById, unpack(nextOnes)) or {}
for i = 1, #entries do
  local arrival = entries[i] and tonumber(entries[i]:match('^%d+'))
  if arrival and (oldest == 0 or arrival < oldest) then oldest = arrival end
end

local waiting = redis.call('TYPE', inbox).ok == 'list' and redis.call('LLEN', inbox) or 0
return {
  counter(1), redis.call('ZCARD', ready), redis.call('ZCARD', delayed), redis.call('ZCARD', inFlight),
  redis.call('ZCARD', done), redis.call('ZCARD', failed), counter(2), waiting, redis.call('LLEN', rejected),
  counter(3), counter(4), redis.call('HLEN', entriesById), oldest, now,
}
