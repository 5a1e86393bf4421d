/** The next moment (Unix ms) at which the local clock shows a time such as `18:00`, tomorrow if need be; null for no time. */
export function nextTimeOfDay(time: string, nowMs: number): number | null {
  const [hours, minutes] = (/^(\d\d):(\d\d)/.exec(time) ?? []).slice(1).map(Number)
  if (hours === undefined || minutes === undefined) return null
  const at = new Date(nowMs)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() <= nowMs) at.setDate(at.getDate() + 1)
  return at.getTime()
}
