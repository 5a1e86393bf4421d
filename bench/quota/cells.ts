import { LAWS, type Limit } from '../../src/main/simulator/quota'
import type { HeaderStyle } from '../../src/main/simulator/rate-headers'

/** One cell of the matrix. */
export interface Cell {
  readonly quota: string
  readonly law: (typeof LAWS)[number]
  readonly burst: 'one' | 'quota'
  readonly headers: HeaderStyle
  readonly engines: number
  readonly accounts: number
}

const QUOTAS: ReadonlyMap<string, readonly (readonly [requests: number, seconds: number])[]> = new Map([
  ['1/s', [[1, 1]]],
  ['5/s', [[5, 1]]],
  ['15/s', [[15, 1]]],
  ['50/s', [[50, 1]]],
  ['50/s+1000/min', [[50, 1], [1000, 60]]],
  ['100/s+1500/min', [[100, 1], [1500, 60]]],
  ['50/10s', [[50, 10]]],
  ['1000/min', [[1000, 60]]],
])

export function limitsOf({ quota, law, burst }: Pick<Cell, 'quota' | 'law' | 'burst'>, factor = 1): Limit[] {
  return (QUOTAS.get(quota) ?? []).map(([requests, seconds], at) => ({
    requests: requests * factor,
    windowMs: seconds * 1000,
    law,
    burst: at === 0 && burst === 'one' ? 1 : requests * factor,
  }))
}

/**
 * The matrix; at 1/s a burst of the quota is a burst of one. Accounts share nothing, so three of them are measured with one
 * engine and without headers only, unless the full cross of everything is asked for: it takes four times as long.
 */
export function allCells(isFull: boolean): Cell[] {
  const cells: Cell[] = []
  for (const quota of QUOTAS.keys())
    for (const law of LAWS)
      for (const burst of ['one', 'quota'] as const)
        for (const headers of isFull ? (['none', 'x', 'ietf'] as const) : (['none', 'x'] as const))
          for (const engines of [1, 3])
            for (const accounts of [1, 3]) {
              if (isFull || accounts === 1 || (engines === 1 && headers === 'none'))
                cells.push({ quota, law, burst, headers, engines, accounts })
            }
  return cells
}

export function nameOf({ quota, law, burst, headers, engines, accounts }: Cell): string {
  return `${quota} · ${law} · burst ${burst} · headers ${headers} · ${engines} eng · ${accounts} acc`
}
