/** The words of the panel that turns the demo’s API. */
export const simulator = {
  title: 'The demo’s API',
  about: 'The demo works against a simulator in this app. Turn it here, and watch on the overview what the engine makes of it: each change is in force at once, and a marker on the charts.',
  reset: 'Back to the demo’s start',
  knobs: {
    requestsPerSecond: { label: 'Quota', about: 'Requests a second, up to 200', suffix: ' /s' },
    latencyMs: { label: 'Latency', about: 'Median to an answer, up to 10 s', suffix: ' ms' },
    errorPercent: { label: 'Errors', about: 'Requests that fail, up to 50 %', suffix: ' %' },
  },
} as const
