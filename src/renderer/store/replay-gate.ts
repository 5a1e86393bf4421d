import type { CommandName, SluiceBridge } from '../../shared/ipc-contract'

/** What may be asked while a recording is on screen: what only looks. Whatever else a control asks for, it would mean the live engine. */
const MAY_ASK = {
  snapshot: true,
  'engine:start': false,
  'engine:pause': false,
  'engine:pause-until': false,
  'engine:resume': false,
  'engine:drain': false,
  'engine:stop': false,
  'engine:set-batch-size': false,
  'engine:set-pacing': false,
  'engine:set-sizing': false,
  'quota:choose': false,
  'engine:set-pair-limit': false,
  'engine:reset-breaker': false,
  'engine:sweep': false,
  'engine:cancel-sweep': false,
  'export:start': false,
  'export:cancel': true,
  'export:reveal': true,
  'discover:preview': true,
  'discover:start': false,
  'discover:cancel': false,
  'failures:query': true,
  'failures:rows': true,
  'failures:retry': false,
  'failures:undo-retry': false,
  'failures:discard': false,
  'simulator:read': true,
  'simulator:turn': false,
  'batch:pairs': true,
  'runs:list': true,
  'runs:page': true,
  'queue:rows': true,
  'queue:search': true,
  'queue:prioritize': false,
  'queue:undo-prioritize': false,
  'import:choose': false,
  'import:drop': false,
  // What was begun before the recording goes on.
  'import:drop-piece': true,
  'import:drop-end': true,
  'import:queue': false,
  'import:cancel': true,
  'import:dismiss': true,
  'import:save-rejected': true,
  'results:query': true,
  'results:rows': true,
  'pair:result': true,
  'pair:trades': true,
  'pair:birdeye-figures': true,
  'link:open': true,
  'connections:read': true,
  'connections:test-redis': false,
  'connections:test-key': false,
  'connections:save': false,
  'connections:take-toml': false,
  'connections:write-toml': false,
} as const satisfies Record<CommandName, boolean>

/** The same bridge, over which nothing is changed while a recording is on screen: that is refused in `words`. */
export function gatedBridge(bridge: SluiceBridge, isReplaying: () => boolean, words: string): SluiceBridge {
  return {
    onFrame: (listener) => bridge.onFrame(listener),
    onAction: (listener) => bridge.onAction(listener),
    command: (name, ...args) => {
      if (isReplaying() && !MAY_ASK[name]) return Promise.resolve({ ok: false, message: words })
      return bridge.command(name, ...args)
    },
  }
}
