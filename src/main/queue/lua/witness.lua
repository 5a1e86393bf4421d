-- What of the last acknowledged commands of an engine is still known. Less than all of it after the server came back with an
-- older state, as it may after a power failure. Nothing before the newest known one can be missing: what the server forgets
-- is the end of what it wrote. The fence is raised to the engine's, so that no token is given out twice.
-- KEYS  sequences, then the remembered replies, newest first
-- ARGV  the newest fencing token that the engine has got, how long a reply is surely kept in ms, then per reply: request id,
--       server time in Unix ms at which it was not yet there (0: not known)
-- Returns {claims forgotten, as far as tokens tell, replies forgotten}.
local sequences = KEYS[1]
local newestToken, keptMs = tonumber(ARGV[1]), tonumber(ARGV[2])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local replies = 0
for i = 2, #KEYS do
  local request, beforeMs = ARGV[2 * i - 1], tonumber(ARGV[2 * i])
  -- Too old to be there in any case, and so are those before it.
  if now - beforeMs > keptMs then break end
  local known = redis.call('GET', KEYS[i])
  -- A newer one in its place says as much.
  if known and tonumber(cmsgpack.unpack(known)[1]) >= tonumber(request) then break end
  replies = replies + 1
end

local fence = tonumber(redis.call('HGET', sequences, 'fence') or 0)
local claims = math.max(0, newestToken - fence)
if claims > 0 then redis.call('HSET', sequences, 'fence', string.format('%.0f', newestToken)) end
return { claims, replies }
