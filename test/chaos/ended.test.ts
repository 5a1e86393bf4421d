import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { planOf } from './plan'
import { runPlan } from './run-plan'

const script = resolve(import.meta.dirname, '../../scripts/chaos.mjs')

/** What runs below this process: how it was called, by its id. */
function below(pid: number): Map<number, string> {
  const found = new Map<number, string>()
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' '))
    for (const child of children.filter(Boolean).map(Number)) {
      found.set(child, readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', ' '))
      for (const [deeper, call] of below(child)) found.set(deeper, call)
    }
  } catch {
    // It has ended meanwhile.
  }
  return found
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Who runs of a plan: its Redis, and engines, which call themselves `sluice` soon. */
const ofPlan = (pid: number) => [...below(pid)].filter(([, call]) => /redis-server|cli\.js|^sluice\b/.test(call)).map(([id]) => id)

describe.skipIf(process.platform !== 'linux')('what was started for a plan', () => {
  it('is ended with a plan that is over before its end, whatever was under way', async () => {
    const over = new AbortController()
    const running = runPlan(planOf(2602, 300), over.signal)
    running.catch(() => undefined)
    let started: number[] = []
    await vi.waitFor(() => expect((started = ofPlan(process.pid)).length).toBeGreaterThan(3), { timeout: 30_000 })
    over.abort(new Error('it took too long'))
    await expect(running).rejects.toThrow('it took too long')
    expect(started.filter(isAlive)).toEqual([])
    await vi.waitFor(() => expect(ofPlan(process.pid)).toEqual([]), { timeout: 10_000 })
  })

  it('is ended with the plans by Ctrl-C', async () => {
    const plans = spawn(process.execPath, [script, '--plan', '2602', '--pairs', '300'], { stdio: 'ignore' })
    onTestFinished(() => void plans.kill('SIGKILL'))
    const { pid } = plans
    if (pid === undefined) throw new Error('The plans did not start')
    let started: number[] = []
    await vi.waitFor(() => expect((started = ofPlan(pid)).length).toBeGreaterThan(3), { timeout: 30_000 })
    plans.kill('SIGINT')
    expect(await once(plans, 'exit')).toEqual([130, null])
    await vi.waitFor(() => expect(started.filter(isAlive)).toEqual([]), { timeout: 10_000 })
  })
})
