import { LAWS, type Limit } from '../src/main/simulator/quota'
import { simulate } from './quota/simulate'

const QUOTAS: Record<string, readonly [number, number][]> = {
  '1/s': [[1, 1]], '5/s': [[5, 1]], '15/s': [[15, 1]], '50/s': [[50, 1]],
  '50/s+1000/min': [[50, 1], [1000, 60]], '100/s+1500/min': [[100, 1], [1500, 60]],
}
export function limitsOf(quota: string, law: (typeof LAWS)[number], burst: 'one' | 'quota'): Limit[] {
  return QUOTAS[quota]!.map(([requests, seconds], i) => ({ requests, windowMs: seconds * 1000, law, burst: i === 0 && burst === 'one' ? 1 : requests }))
}
if (process.argv[1]?.endsWith("q.mjs")) main()
function main() {
const args = process.argv.slice(2)
const only = args.find((a) => !a.startsWith('-'))
const verbose = args.includes('-v')
const seeds = Number(args.find((a) => a.startsWith('--seeds='))?.slice(8) ?? 3)
const jitter = Number(args.find((a) => a.startsWith('--jitter='))?.slice(9) ?? 0)
for (const quota of Object.keys(QUOTAS)) for (const law of LAWS) for (const burst of ['one', 'quota'] as const) {
  const name = `${quota} ${law} ${burst}`
  if (only && !name.startsWith(only)) continue
  const outs = []
  const t = Date.now()
  for (let seed = 1; seed <= seeds; seed += 1) {
    const out = simulate({ name, limits: limitsOf(quota, law, burst), engines: 1, accounts: 1, learnMs: 30_000, measureMs: 600_000, seed, uplinkMs: 0, uplinkJitterMs: jitter })
    outs.push(out)
    if (verbose) console.log(out.traces[0]!.join('\n'))
  }
  const bad = outs.some((o) => o.utilisation < 0.97 || o.refusedShare > 0.01)
  console.log((bad ? '✗ ' : '  ') + name.padEnd(30), outs.map((o) => `${(o.utilisation * 100).toFixed(1)}/${(o.refusedShare * 100).toFixed(2)}`).join('  '), Date.now() - t, 'ms')
}
}
