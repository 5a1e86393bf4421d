import { setFlagsFromString } from 'node:v8'

/**
 * Lets V8 collect garbage rather than grow. Unasked it lets the heap become several times what lives in it: at hundreds of
 * pairs at once main took 300 MiB, of which 30 were in use. What that costs in speed is far beyond what any API allows.
 * Called first of all, as only what is decided later follows it (nodejs.org/api/v8.html, `v8.setFlagsFromString`).
 */
export function keepMemoryLean(): void {
  setFlagsFromString('--optimize-for-size')
}
