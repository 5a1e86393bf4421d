-- The ledger, in one look.
-- KEYS  inbox, ready, delayed, in flight, pairs, done, failed, rejected, ledger
-- Returns {enqueued, ready, delayed, in flight, done, failed, discarded, inbox, rejected, duplicates, recovered,
--   pairs known, arrival of the oldest ready pair in Unix ms (0: none is ready), now in Unix ms}.
local inbox, ready, delayed, inFlight, entriesById, done, failed, rejected, ledger = unpack(KEYS)
local BAND, MAX_PRIORITY = 1e13, 9

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counters = redis.call('HMGET', ledger, 'enqueued', 'discarded', 'duplicates', 'recovered')
local function counter(i) return tonumber(counters[i] or 0) end

-- The oldest is at the head of the front or of one of the bands.
local oldest = 0
local function consider(from, to)
  local head = redis.call('ZRANGEBYSCORE', ready, from, to, 'LIMIT', 0, 1)[1]
  local entry = head and redis.call('HGET', entriesById, head)
  local arrival = entry and tonumber(entry:match('^%d+'))
  if arrival and (oldest == 0 or arrival < oldest) then oldest = arrival end
end
consider('-inf', '(1')
for band = 0, MAX_PRIORITY do
  consider(string.format('(%.0f', band * BAND), string.format('%.0f', (band + 1) * BAND))
end

local waiting = redis.call('TYPE', inbox).ok == 'list' and redis.call('LLEN', inbox) or 0
return {
  counter(1), redis.call('ZCARD', ready), redis.call('ZCARD', delayed), redis.call('ZCARD', inFlight),
  redis.call('ZCARD', done), redis.call('ZCARD', failed), counter(2), waiting, redis.call('LLEN', rejected),
  counter(3), counter(4), redis.call('HLEN', entriesById), oldest, now,
}
