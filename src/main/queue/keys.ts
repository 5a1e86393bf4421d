/**
 * The only place that spells a key. All keys of a pipeline share the hash tag `{sluice:NAME}`, so that they live in one
 * slot of a cluster. The inbox is an outside list under a name of its own: on a cluster, give it a name with the same tag.
 */
export interface QueueKeys {
  readonly inbox: string
  /** Sorted set of ids: the front below 0, then the line by arrival in µs less the head starts of the priority. */
  readonly ready: string
  /** Sorted set of ids by due time, Unix ms. */
  readonly delayed: string
  /** Sorted set of ids by lease: its end in Unix s × TOKENS_APART + the fencing token of its claim % TOKENS_APART. */
  readonly inFlight: string
  /** Hash: id → arrival in Unix ms, priority, the entry as it was handed in, with a space between. */
  readonly pairs: string
  /**
   * Hash: id → counts of attempts, refusals and recoveries, and of the last error its epoch and words, with a space between; only
   * where a count is not nought.
   */
  readonly troubles: string
  /** Sorted set of ids by the time they were done, Unix ms; hash: id → layout, which cells are filled, and values of the result. */
  readonly done: string
  readonly results: string
  /** Hash: layout → the names of the columns as a JSON array. */
  readonly layouts: string
  /** Sorted set of ids by the time they failed, Unix ms; hash: id → failure as JSON. */
  readonly failed: string
  readonly failures: string
  /** List of {raw, reason, atMs} as JSON, newest first. */
  readonly rejected: string
  /** List of batch records as JSON, newest first, bounded. */
  readonly batches: string
  /** List of ended epochs as JSON, newest first, bounded. */
  readonly epochs: string
  /** List of seconds and markers of one console as JSON, oldest first, bounded; gone after a month unused. */
  charts(place: string): string
  /** Hash of the recorded runs of one console: id → its summary as JSON; bounded, gone after a month unused. */
  runs(place: string): string
  /** List of the frames of one recorded run, in parts, oldest first: each deflated JSON. */
  run(place: string, id: number | string): string
  /** Hash of counters: enqueued, discarded, duplicates, recovered. */
  readonly ledger: string
  /** Hash of sequences: arrival, front, fence. */
  readonly sequences: string
  /** One of the last replies of a command to an owner: asked again, it is answered again. */
  reply(command: string, owner: string, slot: number): string
}

/**
 * Fencing tokens that a lease tells apart: what a double holds exactly beside seconds until the year 2106. A token that
 * is as many claims old as this counts as late, so that two that look the same are never taken for each other.
 */
export const TOKENS_APART = 2 ** 21

/** The inbox of a pipeline that no outside producer feeds. */
export function ownInbox(pipeline: string): string {
  return `{sluice:${pipeline}}:inbox`
}

export function queueKeys(pipeline: string, inbox: string): QueueKeys {
  const key = (name: string) => `{sluice:${pipeline}}:${name}`
  return {
    inbox,
    ready: key('ready'),
    delayed: key('delayed'),
    inFlight: key('in-flight'),
    pairs: key('pairs'),
    troubles: key('troubles'),
    done: key('done'),
    results: key('results'),
    layouts: key('layouts'),
    failed: key('failed'),
    failures: key('failures'),
    rejected: key('rejected'),
    batches: key('batches'),
    epochs: key('epochs'),
    charts: (place) => key(`charts:${place}`),
    runs: (place) => key(`runs:${place}`),
    run: (place, id) => key(`run:${place}:${id}`),
    ledger: key('ledger'),
    sequences: key('sequences'),
    reply: (command, owner, slot) => key(`reply:${command}:${owner}:${slot}`),
  }
}
