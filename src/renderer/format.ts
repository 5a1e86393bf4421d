/**
 * How numbers, spans and times are written. Units and separators are those of text.ts's language; a value that is not
 * known is always "–".
 */
export const UNKNOWN = '–'

const NBSP = '\u00a0'
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const atMostOneDigit = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const oneDigit = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const twoDigits = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** `1,368` */
export function formatCount(count: number | null): string {
  return count === null ? UNKNOWN : whole.format(count)
}

/** On an axis: `0.5`, `800`, `2,000`, `10k`, `2.5M`. */
export function formatTick(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`
  if (value >= 10_000) return `${value / 1000}k`
  return Number.isInteger(value) ? whole.format(value) : String(value)
}

/** Per second, with as many digits as mean something: `0.42`, `22.9`, `1,204`. */
export function formatRate(perSecond: number | null): string {
  if (perSecond === null) return UNKNOWN
  if (perSecond === 0) return '0'
  return (perSecond >= 99.95 ? whole : perSecond >= 0.995 ? oneDigit : twoDigits).format(perSecond)
}

/** A rate that was stated rather than measured, as a quota is: `15`, `16.7`. */
export function formatStatedRate(perSecond: number): string {
  return Number.isInteger(perSecond) ? whole.format(perSecond) : formatRate(perSecond)
}

/** `76 %`, and `0.4 %` below one. */
export function formatShare(share: number | null): string {
  if (share === null) return UNKNOWN
  const percent = share * 100
  return `${(percent > 0 && percent < 0.95 ? oneDigit : whole).format(percent)}${NBSP}%`
}

/** A change by a share: `+18 %`, `−4 %`, `±0 %`. */
export function formatChange(share: number): string {
  const percent = Math.round(share * 100)
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±'
  return `${sign}${whole.format(Math.abs(percent))}${NBSP}%`
}

/** A measured time: `0.4 ms`, `200 ms`, `1.04 s`, `41.2 s`, `3 min 20 s`. */
export function formatLatency(ms: number | null): string {
  if (ms === null) return UNKNOWN
  if (ms > 0 && ms < 9.95) return `${oneDigit.format(ms)}${NBSP}ms`
  if (ms < 999.5) return `${whole.format(ms)}${NBSP}ms`
  if (ms < 9995) return `${twoDigits.format(ms / 1000)}${NBSP}s`
  return ms < 59_950 ? `${oneDigit.format(ms / 1000)}${NBSP}s` : formatSpan(ms)
}

/** How long something has lasted: `41 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 60) return `${seconds}${NBSP}s`
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 24 * 60) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  return joined(Math.floor(minutes / 1440), 'd', Math.floor((minutes % 1440) / 60), 'h')
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const head = `${large}${NBSP}${largeUnit}`
  return small === 0 ? head : `${head}${NBSP}${small}${NBSP}${smallUnit}`
}

/** A running clock: `02:14`, `1:02:14`. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const hours = Math.floor(seconds / 3600)
  const rest = `${twoPlaces(Math.floor((seconds % 3600) / 60))}:${twoPlaces(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** Seconds that are left, as a range, the coarser the longer: `1:30–1:50`, `2 h 5 min–2 h 30 min`, `14–17 h`, `3.4–4.3 d`. */
export function formatRange({ low, high }: { readonly low: number; readonly high: number }): string {
  if (high < HOUR) return span(minutesAndSeconds(low), minutesAndSeconds(high), '')
  if (high < 10 * HOUR) return span(hoursAndMinutes(low), hoursAndMinutes(high), '')
  if (high < 72 * HOUR) return span(whole.format(low / HOUR), whole.format(high / HOUR), 'h')
  return span(oneDigit.format(low / DAY), oneDigit.format(high / DAY), 'd')
}

const HOUR = 3600
const DAY = 24 * HOUR

function span(from: string, to: string, unit: string): string {
  const range = from === to ? from : `${from}–${to}`
  return unit === '' ? range : `${range}${NBSP}${unit}`
}

function minutesAndSeconds(seconds: number): string {
  const rounded = seconds < 60 ? Math.ceil(seconds) : Math.round(seconds / 5) * 5
  return `${Math.floor(rounded / 60)}:${twoPlaces(rounded % 60)}`
}

function hoursAndMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes}${NBSP}min` : joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

/** Local time of day: `14:03` or `14:03:07`. */
export function formatTime(atMs: number, precision: 'minute' | 'second'): string {
  const at = new Date(atMs)
  const minute = `${twoPlaces(at.getHours())}:${twoPlaces(at.getMinutes())}`
  return precision === 'minute' ? minute : `${minute}:${twoPlaces(at.getSeconds())}`
}

/** `812 B`, `240 KB`, `1.4 MB`; thousands, as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes}${NBSP}B`
  if (bytes < 999_500) return `${whole.format(bytes / 1000)}${NBSP}KB`
  return bytes < 999_500_000 ? `${oneDigit.format(bytes / 1e6)}${NBSP}MB` : `${oneDigit.format(bytes / 1e9)}${NBSP}GB`
}

function twoPlaces(n: number): string {
  return String(n).padStart(2, '0')
}

/** A range of whole numbers in two digits: "52–63 k", "about" is said by who shows it. */
export function formatRoughRange({ low, high }: { readonly low: number; readonly high: number }): string {
  const [unit, mark] = high >= 1e6 ? [1e6, '\u00a0M'] : high >= 10_000 ? [1000, '\u00a0k'] : [1, '']
  const rough = (value: number) => atMostOneDigit.format(Number((value / unit).toPrecision(unit === 1 ? 3 : 2)))
  const [from, to] = [rough(low), rough(high)]
  return from === to ? `${to}${mark}` : `${from}–${to}${mark}`
}
