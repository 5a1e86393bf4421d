import { parseArgs } from 'node:util'
import { allCells, limitsOf, nameOf, type Cell } from './quota/cells'
import { CLIENTS, measureCell, measureNeighbour, secondsToFollow, type Client, type Figure } from './quota/measure'
import { measureReal, realTable, type RealReport } from './quota/real/rows'
import { ensureBuild } from '../scripts/setup/build.mjs'
import { peerRows, peerTable, type PeerRow } from './quota/peer-table'

/** What is asked of each client; the classic rule is shown beside them and not judged. */
const GOALS: Record<Client, { readonly utilisation: number; readonly refusedShare: number } | null> = {
  learned: { utilisation: 0.97, refusedShare: 0.01 },
  configured: { utilisation: 0.98, refusedShare: 0 },
  classic: null,
}
const FOLLOW_WITHIN_SECONDS = 15

interface CellRow {
  readonly cell: string
  readonly client: Client
  /** The worst over the seeds. */
  readonly utilisation: number
  readonly refusedShare: number
  readonly isReached: boolean | null
}

interface Report {
  readonly cells: readonly CellRow[]
  readonly changes: readonly { readonly change: string; readonly seconds: readonly (number | null)[]; readonly isReached: boolean }[]
  readonly neighbours: readonly ({ readonly neighbour: string } & Figure & { readonly together: number })[]
  readonly peers: readonly PeerRow[]
  readonly tookSeconds: number
}

/**
 * How much of a quota is used and how much refused: the whole matrix on virtual time, then changes of the quota in the
 * middle of a run, then a neighbour on the same account, then other people's limiters over a part of the matrix, or with
 * `--full` (many minutes) over all of it. Each cell is judged by the worst of its seeds; those that fall short are
 * listed. `--real` instead: a row over real HTTP and a real Redis, in about five minutes.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      seeds: { type: 'string', default: '1' },
      'jitter-ms': { type: 'string', default: '0' },
      only: { type: 'string', default: '' },
      real: { type: 'boolean', default: false },
    },
  })
  if (values.real) return reportReal(values.json)
  const startedMs = performance.now()
  const runs = Array.from({ length: Number(values.seeds) }, (_, i) => ({ seed: i + 1, jitterMs: Number(values['jitter-ms']) }))
  const cells = allCells(values.full).filter((cell) => nameOf(cell).includes(values.only))
  const report: Report = {
    cells: cells.flatMap((cell) => CLIENTS.map((client) => cellRow(cell, client, runs))),
    changes: changeRows(runs),
    neighbours: neighbourRows(runs[0] ?? { seed: 1, jitterMs: 0 }),
    peers: await peerRows(values.full, values.only, runs),
    tookSeconds: (performance.now() - startedMs) / 1000,
  }
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${tableOf(report)}\n`)
}

async function reportReal(asJson: boolean): Promise<void> {
  await ensureBuild()
  const report: RealReport = await measureReal((text) => void process.stderr.write(`${text}\n`))
  process.stdout.write(asJson ? `${JSON.stringify(report)}\n` : `${realTable(report).join('\n')}\n`)
}

type Run = Parameters<typeof measureCell>[2]

function cellRow(cell: Cell, client: Client, runs: readonly Run[]): CellRow {
  const figures = runs.map((run) => measureCell(cell, client, run))
  const utilisation = Math.min(...figures.map((figure) => figure.utilisation))
  const refusedShare = Math.max(...figures.map((figure) => figure.refusedShare))
  const goal = GOALS[client]
  const isReached = goal && utilisation >= goal.utilisation && refusedShare <= goal.refusedShare
  return { cell: nameOf(cell), client, utilisation, refusedShare, isReached }
}

function changeRows(runs: readonly Run[]): Report['changes'] {
  const base = { quota: '15/s', headers: 'none', engines: 1, accounts: 1 } as const
  const phases = Array.from({ length: 8 }, (_, i) => ({ seed: 100 + i, jitterMs: runs[0]?.jitterMs ?? 0 }))
  return (['bucket', 'fixed', 'sliding'] as const).flatMap((law) =>
    (['one', 'quota'] as const).flatMap((burst) =>
      [2, 0.5, 50 / 15, 5 / 15].map((factor) => {
        const cell: Cell = { ...base, law, burst }
        const whole = (limit: ReturnType<typeof limitsOf>[number]) => ({
          ...limit,
          requests: Math.round(limit.requests),
          burst: Math.round(limit.burst),
        })
        const to = limitsOf(cell, factor).map((limit) => whole({ ...limit, burst: burst === 'one' ? 1 : limit.burst }))
        const seconds = phases.map((phase) => secondsToFollow({ cell, to }, phase))
        const isReached = seconds.every((took) => took !== null && took <= FOLLOW_WITHIN_SECONDS)
        return { change: `15/s → ${to[0]?.requests}/s · ${law} · burst ${burst}`, seconds, isReached }
      }),
    ),
  )
}

function neighbourRows(run: Run): Report['neighbours'] {
  return (['even', 'bursts'] as const).flatMap((kind) =>
    (['bucket', 'fixed', 'sliding'] as const).map((law) => {
      const cell: Cell = { quota: '15/s', law, burst: 'quota', headers: 'none', engines: 1, accounts: 1 }
      return { neighbour: `a third of 15/s, ${kind} · ${law}`, ...measureNeighbour(cell, kind, run) }
    }),
  )
}

function tableOf({ cells, changes, neighbours, peers, tookSeconds }: Report): string {
  const judged = cells.filter(({ isReached }) => isReached !== null)
  const short = judged.filter(({ isReached }) => isReached === false)
  const mean = (client: Client, key: 'utilisation' | 'refusedShare') => {
    const rows = cells.filter((row) => row.client === client)
    return rows.reduce((sum, row) => sum + row[key], 0) / Math.max(1, rows.length)
  }
  const worstLate = changes.filter(({ isReached }) => !isReached)
  return [
    `Utilisation and refused share after 30 s of learning, over up to ten minutes of virtual time, worst of the seeds`,
    '',
    ...CLIENTS.map(
      (client) =>
        `${client.padEnd(11)} mean over ${cells.length / CLIENTS.length} cells: ${percent(mean(client, 'utilisation'))} used, ${percent(mean(client, 'refusedShare'))} refused`,
    ),
    '',
    `${judged.length - short.length} of ${judged.length} cells reach the goal (learned ≥ 97 % and ≤ 1 % refused, configured ≥ 98 % and none refused)`,
    ...short.map((row) => `  short: ${row.client.padEnd(10)} ${row.cell}: ${percent(row.utilisation)} used, ${percent(row.refusedShare)} refused`),
    '',
    `Seconds until 95 % of a quota that changes in the middle (${changes.length - worstLate.length} of ${changes.length} within ${FOLLOW_WITHIN_SECONDS} s at every phase)`,
    ...changes.map(({ change, seconds, isReached }) => `  ${isReached ? ' ' : 'short'} ${change}: ${seconds.map((took) => took ?? 'never').join(' ')}`),
    '',
    'With another client on the same account',
    ...neighbours.map((row) => `  ${row.neighbour}: ${percent(row.utilisation)} of the rest used, ${percent(row.refusedShare)} refused, ${percent(row.together)} together`),
    '',
    ...peerTable(peers, figuresOf(cells, 'learned'), figuresOf(cells, 'configured')),
    '',
    `took ${tookSeconds.toFixed(1)} s`,
  ].join('\n')
}

function figuresOf(cells: readonly CellRow[], client: Client): ReadonlyMap<string, Figure> {
  return new Map(cells.filter((row) => row.client === client).map((row) => [row.cell, row]))
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`
}
