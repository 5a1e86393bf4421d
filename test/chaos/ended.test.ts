import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { planOf } from './plan'
import { runPlan } from './run-plan'

const script = resolve(import.meta.dirname, '../../scripts/chaos.mjs')

interface Running {
  readonly pid: number
  readonly parent: number
  /** How it was called. */
  readonly call: string
}

function processes(): Running[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      return [{ pid: Number(name), parent: Number(parent), call: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
    } catch {
      return [] // it has ended meanwhile
    }
  })
}

function below(pid: number, all = processes()): Running[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid, all)])
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Who runs of a plan: its Redis, and engines, which call themselves `sluice` soon. */
const ofPlan = (pid: number) => below(pid).filter(({ call }) => /redis-server|cli\.js|^sluice\b/.test(call)).map((child) => child.pid)

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
