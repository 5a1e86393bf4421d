/** The words of the charts that share one axis of time. */
export const ranges = { title: 'Time range', '1m': '1 m', '5m': '5 m', '15m': '15 m', '1h': '1 h', run: 'run' } as const

export const charts = {
  throughput: {
    title: 'Throughput',
    unit: (seconds: number) => `pairs/s, mean of ${seconds} s`,
    mean: (seconds: number) => `means of the ${seconds} s before`,
    permitted: 'permits/s',
    quota: (requests: string, pairsPerSecond: string) => `quota ${requests}/s = ${pairsPerSecond} pairs/s`,
  },
  second: { title: 'Second chart', refusals: 'Refusals', pairTimes: 'Times' },
  pairTimes: {
    title: 'Time per pair',
    unit: 'of the pairs done at the time',
    p50: 'median',
    p95: '95 % within',
    tick: (seconds: number) => `${seconds} s`,
    none: 'No pair has been done in this range.',
  },
  refusals: {
    title: 'Retries and refusals',
    unit: (seconds: number) => `per ${seconds} s`,
    refused: 'refused requests',
    retried: 'retries after an error',
  },
  depth: {
    title: 'Queue depth and batch size',
    unit: 'pairs',
    batchSize: 'batch size',
    batchSizeAsked: 'asked for',
    oldest: 'oldest waiting',
    oldestApart: (span: string) => `oldest ${span}`,
    oldestWaits: (span: string) => `pairs · oldest waits ${span}`,
  },
} as const
