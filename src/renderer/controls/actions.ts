import { useMantineColorScheme } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { A_WHILE_MINUTES, type ActionName } from '../../shared/actions'
import { EXPORT_KINDS } from '../../shared/frames'
import { runControlsOf } from '../../shared/run-controls'
import { useCommands, useConsoleStore, useImportCommands, useIsReplaying, usePicture } from '../store/console-context'
import { text } from '../text'
import { linkTo, useView, VIEWS, type View } from '../views/route'

const t = text.palette
const MINUTE_MS = 60_000
const WITH_SEARCH: ReadonlySet<View> = new Set(['queue', 'results', 'failures', 'log'])

/** Something that can be done just now, by its name. */
export interface Action {
  readonly name: ActionName
  readonly group: keyof typeof t.groups
  readonly label: string
  readonly run: () => void
  /** The key that does it where nothing is being typed, beside its accelerator. */
  readonly key?: string
}

/** Everything that can be done just now: what the palette shows, and what keys and the native menu do. */
export function useActions(): readonly Action[] {
  const run = useRunActions()
  const size = useSizeActions()
  const pairs = usePairActions()
  const exports = useExportActions()
  const theme = useThemeActions()
  const store = useConsoleStore()
  const isReplaying = useIsReplaying()
  const canFind = WITH_SEARCH.has(useView())
  return [
    ...(canFind ? [{ name: 'find', group: 'view', label: t.find, run: focusSearch, key: '/' } as const] : []),
    ...VIEWS.map((view): Action => ({ name: `view-${view}`, group: 'views', label: text.views[view], run: () => (window.location.hash = linkTo(view)) })),
    // What means the live engine is out of reach while a recording is on screen.
    ...(isReplaying ? [] : [...run, ...size, ...pairs, ...exports]),
    ...theme,
    { name: 'shortcuts', group: 'help', label: t.shortcuts, run: () => store.setState({ openDialog: 'shortcuts' }), key: '?' },
    { name: 'palette', group: 'help', label: t.title, run: () => spotlight.toggle() },
  ]
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[data-search]')?.focus()
}

function useRunActions(): Action[] {
  const commands = useCommands()
  const store = useConsoleStore()
  const kind = usePicture(({ state }) => state.kind)
  const isBroken = usePicture(({ gauges }) => gauges.breaker.kind !== 'closed')
  const { toggle, canDrain, canStop } = runControlsOf({ kind })
  const all: (Action | null)[] = [
    toggle && { name: 'toggle-run', group: 'run', label: text.run.toggle[toggle], run: () => void commands.toggleRun(), key: text.keys.space },
    toggle === 'pause'
      ? { name: 'pause-a-while', group: 'run', label: t.pauseAWhile(A_WHILE_MINUTES), run: () => void commands.pauseUntil({ kind: 'time', atMs: Date.now() + A_WHILE_MINUTES * MINUTE_MS }) }
      : null,
    canDrain ? { name: 'drain', group: 'run', label: `${text.run.drain}: ${text.run.drainAbout.toLowerCase()}`, run: () => void commands.drain() } : null,
    canStop ? { name: 'stop', group: 'run', label: t.stop, run: () => store.setState({ openDialog: 'stop' }) } : null,
    isBroken ? { name: 'close-breaker', group: 'run', label: t.closeBreaker, run: () => void commands.resetBreaker() } : null,
  ]
  return all.filter((action) => action !== null)
}

function useSizeActions(): Action[] {
  const commands = useCommands()
  const pacing = usePicture(({ gauges }) => gauges.pacing.kind)
  const sizing = usePicture(({ gauges }) => gauges.batchSize.sizing)
  const isSearching = usePicture(({ gauges }) => gauges.sweep?.state === 'running')
  const isRunning = usePicture(({ state }) => state.kind === 'running')
  const otherSizing = sizing === 'auto' ? 'manual' : 'auto'
  const otherPacing = pacing === 'adaptive' ? 'classic' : 'adaptive'
  const search = (): Action => ({
    name: 'search',
    group: 'size',
    label: isSearching ? t.cancelSearch : t.findBest,
    run: () => void (isSearching ? commands.cancelSweep() : commands.startSweep()),
    key: 'F',
  })
  return [
    { name: 'larger', group: 'size', label: t.larger, run: () => void commands.nudgeBatchSize(1), key: ']' },
    { name: 'smaller', group: 'size', label: t.smaller, run: () => void commands.nudgeBatchSize(-1), key: '[' },
    ...(pacing === 'adaptive' ? [{ name: 'sizing', group: 'size', label: t.sizing[otherSizing], run: () => void commands.setSizing(otherSizing), key: 'A' } as const] : []),
    { name: 'pacing', group: 'size', label: t.pacing[otherPacing], run: () => void commands.setPacing(otherPacing) },
    ...(isSearching || isRunning ? [search()] : []),
  ]
}

function usePairActions(): Action[] {
  const store = useConsoleStore()
  const { choose } = useImportCommands()
  return [
    { name: 'discover', group: 'pairs', label: t.discover, run: () => store.setState({ openDialog: 'discover' }) },
    { name: 'import', group: 'pairs', label: t.import, run: () => void choose() },
  ]
}

function useExportActions(): Action[] {
  const commands = useCommands()
  return EXPORT_KINDS.map((kind) => ({ name: `export-${kind}`, group: 'export', label: t.exportOf(text.exports.kinds[kind]), run: () => void commands.startExport({ kind }) }))
}

function useThemeActions(): Action[] {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const others = (['auto', 'light', 'dark'] as const).filter((scheme) => scheme !== colorScheme)
  return others.map((scheme) => ({ name: `theme-${scheme}`, group: 'theme', label: t.theme(text.theme[scheme]), run: () => setColorScheme(scheme) }))
}
