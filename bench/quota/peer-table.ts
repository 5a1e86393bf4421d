import { nameOf, type Cell } from './cells'
import type { Figure, Run } from './measure'
import { ABOUT_PEERS, measurePeer, peerCells, PEERS, standIn, type Peer } from './peers'

/** The worst of the seeds, as for Sluice's own cells. */
export interface PeerRow extends Figure {
  readonly cell: string
  readonly peer: Peer
}

/** What Sluice does in the same cell, by its name. */
export type Ours = ReadonlyMap<string, Figure>

export async function peerRows(isFull: boolean, only: string, runs: readonly Run[]): Promise<PeerRow[]> {
  const rows: PeerRow[] = []
  const known = new Map<string, Figure>()
  for (const cell of peerCells(isFull).filter((cell) => nameOf(cell).includes(only))) {
    for (const peer of PEERS) {
      const measured = standIn(cell, peer)
      const key = `${peer} ${nameOf(measured)}`
      const figure = known.get(key) ?? (await worstOf(measured, peer, runs))
      known.set(key, figure)
      rows.push({ cell: nameOf(cell), peer, ...figure })
    }
  }
  return rows
}

async function worstOf(cell: Cell, peer: Peer, runs: readonly Run[]): Promise<Figure> {
  const figures: Figure[] = []
  for (const run of runs) figures.push(await measurePeer(cell, peer, run))
  return {
    utilisation: Math.min(...figures.map((figure) => figure.utilisation)),
    refusedShare: Math.max(...figures.map((figure) => figure.refusedShare)),
  }
}

/** Lines: the mean of each peer, then each cell with Sluice beside the peers. */
export function peerTable(rows: readonly PeerRow[], learned: Ours, configured: Ours): string[] {
  const cells = [...new Set(rows.map(({ cell }) => cell))]
  const of = (cell: string, peer: Peer) => rows.find((row) => row.cell === cell && row.peer === peer)
  const head = ['learned', 'configured', ...PEERS].map((name) => name.padStart(15)).join('')
  return [
    `Beside other people's limiters, over ${cells.length} of the cells (used, refused)`,
    ...PEERS.map((peer) => `  ${peer.padEnd(11)} ${mean(rows.filter((row) => row.peer === peer))}: ${ABOUT_PEERS[peer]}`),
    `  ${''.padEnd(62)}${head}`,
    ...cells.map((cell) => {
      const figures = [learned.get(cell), configured.get(cell), ...PEERS.map((peer) => of(cell, peer))]
      return `  ${cell.padEnd(62)}${figures.map((figure) => brief(figure).padStart(15)).join('')}`
    }),
  ]
}

function mean(rows: readonly PeerRow[]): string {
  const sum = (key: keyof Figure) => rows.reduce((total, row) => total + row[key], 0) / Math.max(1, rows.length)
  return brief({ utilisation: sum('utilisation'), refusedShare: sum('refusedShare') })
}

function brief(figure: Figure | undefined): string {
  if (figure === undefined) return '–'
  return `${(figure.utilisation * 100).toFixed(1)} ${(figure.refusedShare * 100).toFixed(1)} %`
}
