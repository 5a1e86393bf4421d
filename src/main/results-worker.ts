/** The thread that reads the results for the window: see assembly/result-desk.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { serveResults } from './assembly/result-thread'
import type { ResultsAddress } from './assembly/result-desk'

if (parentPort === null) throw new Error('results-worker.js is a thread of Sluice, not a program')
await serveResults(parentPort, workerData as ResultsAddress) // what result-desk.ts hands over
