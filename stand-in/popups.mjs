/** What a page of a window without a network is given. */
const OFFLINE = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }

/**
 * The stand-in opens no windows for a page. What a link or a form opens is halted by Chromium before it has begun, taken off
 * the network, and closed: nothing of it is ever asked for. (Closed while it is halted, it would halt its opener for good.)
 * @param {import('./cdp.mjs').Connection} connection
 */
export async function refusePopups(connection) {
  const { root } = connection
  root.on('Target.attachedToTarget', ({ sessionId, targetInfo: { targetId, openerId }, waitingForDebugger }) => {
    if (!waitingForDebugger) return
    const session = connection.session(sessionId)
    const proceed = () => session.send('Runtime.runIfWaitingForDebugger')
    const handled = openerId
      ? session.send('Network.emulateNetworkConditions', OFFLINE).then(proceed).then(() => root.send('Target.closeTarget', { targetId }))
      : proceed().then(() => root.send('Target.detachFromTarget', { sessionId }))
    handled.catch(() => {})
  })
  await root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: [{ type: 'page' }] })
}
