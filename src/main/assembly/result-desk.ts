import { Worker } from 'node:worker_threads'
import type { ResultQuery, ResultRows, ResultRowsRequest, ResultSelection } from '../../shared/results-query'
import type { ResultShelf } from '../operator/ports'

/** What the thread needs to reach the results. */
export interface ResultsAddress {
  readonly url: string
  readonly clientName: string
  readonly pipeline: string
  readonly inbox: string
}

/** What it is asked, and what it answers. */
export type ResultsCall =
  | { readonly kind: 'query'; readonly query: ResultQuery }
  | { readonly kind: 'rows'; readonly request: ResultRowsRequest }
export interface ResultsAsked {
  readonly number: number
  readonly call: ResultsCall
}
export interface ResultsAnswered {
  readonly number: number
  readonly answer: ResultSelection | ResultRows
}

interface Waiting {
  resolve(answer: ResultSelection | ResultRows): void
  reject(reason: Error): void
}

/**
 * The results in a thread of their own, so that a million of them never hold up the engine. The thread begins with the
 * first question; where it ends by an error, the question fails with its words and the next one begins it anew.
 */
export class ResultDesk implements ResultShelf {
  #worker: Worker | null = null
  #asked = 0
  readonly #waiting = new Map<number, Waiting>()

  /** `program` is the built file of the thread. */
  constructor(
    private readonly program: string,
    private readonly address: ResultsAddress,
  ) {}

  async query(query: ResultQuery): Promise<ResultSelection> {
    return (await this.#ask({ kind: 'query', query })) as ResultSelection // what the thread answers to that
  }

  async rows(request: ResultRowsRequest): Promise<ResultRows> {
    return (await this.#ask({ kind: 'rows', request })) as ResultRows // what the thread answers to that
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#end(new Error('Sluice is being closed'))
    await worker?.terminate()
  }

  #ask(call: ResultsCall): Promise<ResultSelection | ResultRows> {
    const number = ++this.#asked
    const worker = (this.#worker ??= this.#begin())
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject })
      worker.postMessage({ number, call } satisfies ResultsAsked)
    })
  }

  #begin(): Worker {
    const worker = new Worker(this.program, { workerData: this.address })
    worker.on('message', ({ number, answer }: ResultsAnswered) => {
      this.#waiting.get(number)?.resolve(answer)
      this.#waiting.delete(number)
    })
    // An Error has lost its class on the way, and may have become anything.
    const end = (reason: unknown) => {
      if (this.#worker === worker) this.#end(reason instanceof Error ? reason : new Error(String(reason)))
    }
    worker.on('error', end)
    worker.on('exit', () => end(new Error('the thread that reads the results has ended. Try again')))
    worker.unref()
    return worker
  }

  #end(reason: Error): void {
    this.#worker = null
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }
}
