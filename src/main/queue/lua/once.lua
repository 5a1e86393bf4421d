-- Stands before the scripts that use it. Does the work of a request and remembers its answer for ten minutes; asked again, as
-- after a lost reply, it answers the same and does nothing.
local function once(reply, request, work)
  local known = redis.call('GET', reply)
  if known then
    local remembered = cmsgpack.unpack(known)
    if remembered[1] == request then return remembered[2] end
  end
  local answer = work()
  redis.call('SET', reply, cmsgpack.pack({ request, answer }), 'PX', 600000)
  return answer
end

