import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { EXPORT_KINDS } from '../../shared/frames'
import { useCommands, useIsReplaying, usePicture, useReplay } from '../store/console-context'
import { runControlsOf } from '../store/run-controls'
import { text } from '../text'
import { linkTo, VIEWS } from '../views/route'
import { Key } from './key'
import classes from './palette.module.css'

const t = text.palette

/** Everything that can be done just now, found by its name. Ctrl or ⌘ with K opens it anywhere. */
export function Palette({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const forEngine = useEngineGroups()
  const forReplay = [group(t.groups.replay, useReplayActions())]
  const actions = [
    group(t.groups.views, VIEWS.map((view) => action(`view-${view}`, text.views[view], () => (window.location.hash = linkTo(view))))),
    ...(useIsReplaying() ? forReplay : forEngine),
    group(t.groups.theme, useThemeActions()),
    group(t.groups.help, [action('shortcuts', t.shortcuts, onShortcuts, '?')]),
  ]
  return (
    <Spotlight
      actions={actions.filter(({ actions: some }) => some.length > 0)}
      // In fields too: it begins nothing by itself.
      tagsToIgnore={[]}
      highlightQuery
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t.title } }}
      nothingFound={t.nothing}
      searchProps={{ placeholder: t.search, 'aria-label': t.title, leftSection: <IconSearch size={16} aria-hidden /> }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.45, blur: 1 }}
      classNames={{ content: classes.content ?? '', action: classes.action ?? '', actionLabel: classes.label ?? '', search: classes.search ?? '', actionsList: classes.list ?? '', actionsGroup: classes.group ?? '', empty: classes.empty ?? '' }}
    />
  )
}

function useEngineGroups(): SpotlightActionGroupData[] {
  return [group(t.groups.run, useRunActions()), group(t.groups.size, useSizeActions()), group(t.groups.export, useExportActions())]
}

function useReplayActions(): SpotlightActionData[] {
  const replay = useReplay()
  return [
    action('replay-toggle', t.replayToggle, () => replay.toggle(), text.keys.space),
    action('replay-leave', text.runs.bar.live, () => replay.leave()),
  ]
}

function useRunActions(): SpotlightActionData[] {
  const commands = useCommands()
  const state = usePicture((picture) => picture.state)
  const { toggle, canDrain } = runControlsOf(state)
  return [
    ...(toggle ? [action('toggle-run', text.run.toggle[toggle], () => void commands.toggleRun(), text.keys.space)] : []),
    ...(canDrain ? [action('drain', `${text.run.drain}: ${text.run.drainAbout.toLowerCase()}`, () => void commands.drain())] : []),
  ]
}

function useSizeActions(): SpotlightActionData[] {
  const commands = useCommands()
  const pacing = usePicture(({ gauges }) => gauges.pacing.kind)
  const sizing = usePicture(({ gauges }) => gauges.batchSize.sizing)
  const isSearching = usePicture(({ gauges }) => gauges.sweep?.state === 'running')
  const isRunning = usePicture(({ state }) => state.kind === 'running')
  const otherSizing = sizing === 'auto' ? 'manual' : 'auto'
  const otherPacing = pacing === 'adaptive' ? 'classic' : 'adaptive'
  return [
    action('larger', t.larger, () => void commands.nudgeBatchSize(1), ']'),
    action('smaller', t.smaller, () => void commands.nudgeBatchSize(-1), '['),
    ...(pacing === 'adaptive' ? [action('sizing', t.sizing[otherSizing], () => void commands.setSizing(otherSizing), 'A')] : []),
    action('pacing', t.pacing[otherPacing], () => void commands.setPacing(otherPacing)),
    ...(isSearching ? [action('cancel-search', t.cancelSearch, () => void commands.cancelSweep(), 'F')] : []),
    ...(isRunning && !isSearching ? [action('search', t.findBest, () => void commands.startSweep(), 'F')] : []),
  ]
}

function useExportActions(): SpotlightActionData[] {
  const commands = useCommands()
  return EXPORT_KINDS.map((kind) => action(`export-${kind}`, t.exportOf(text.exports.kinds[kind]), () => void commands.startExport({ kind })))
}

function useThemeActions(): SpotlightActionData[] {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const others = (['auto', 'light', 'dark'] as const).filter((scheme) => scheme !== colorScheme)
  return others.map((scheme) => action(`theme-${scheme}`, t.theme(text.theme[scheme]), () => setColorScheme(scheme)))
}

function action(id: string, label: string, onClick: () => void, key?: string): SpotlightActionData {
  return { id, label, onClick, rightSection: key === undefined ? null : <Key>{key}</Key> }
}

function group(name: string, actions: SpotlightActionData[]): SpotlightActionGroupData {
  return { group: name, actions }
}
