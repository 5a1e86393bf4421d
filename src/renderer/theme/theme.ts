import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  Menu,
  Modal,
  NativeSelect,
  NumberInput,
  Popover,
  SegmentedControl,
  Slider,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
} from '@mantine/core'
import classes from './components.module.css'

const still = { transitionProps: { duration: 0 } } as const

/** The library's components in the console's own dress. Colours are the tokens', so that both schemes have one source. */
export const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 8,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' }, classNames: { root: classes.button } }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle' },
      classNames: { root: classes.icon },
      vars: () => ({
        root: { '--ai-color': 'var(--muted)', '--ai-hover': 'var(--pressed)', '--ai-hover-color': 'var(--text)' },
      }),
    }),
    Menu: Menu.extend({
      // The placeholder would be a child of role="menu" that is no menu item.
      defaultProps: { ...still, shadow: 'none', position: 'bottom-end', offset: 6, withInitialFocusPlaceholder: false },
      classNames: { dropdown: classes.dropdown, item: classes.item, label: classes.label },
    }),
    Popover: Popover.extend({ defaultProps: { ...still, shadow: 'none' }, classNames: { dropdown: classes.dropdown } }),
    Tooltip: Tooltip.extend({
      defaultProps: { ...still, position: 'bottom', openDelay: 300, events: { hover: true, focus: true, touch: true } },
      classNames: { tooltip: classes.tooltip },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs', transitionDuration: 0 },
      classNames: { root: classes.segments, label: classes.segment, indicator: classes.segmentOn },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' }, classNames: { input: classes.input, label: classes.fieldLabel } }),
    NumberInput: NumberInput.extend({
      defaultProps: { size: 'xs' },
      classNames: { input: classes.input, label: classes.fieldLabel, description: classes.fieldAbout, error: classes.fieldError },
    }),
    NativeSelect: NativeSelect.extend({
      defaultProps: { size: 'xs' },
      classNames: { input: classes.input, label: classes.fieldLabel },
    }),
    Modal: Modal.extend({
      // The page itself never scrolls.
      defaultProps: { ...still, centered: true, lockScroll: false, size: 500, overlayProps: { backgroundOpacity: 0.5, blur: 1 } },
      classNames: { content: classes.dialog, header: classes.dialogHead, title: classes.dialogTitle, body: classes.dialogBody },
    }),
    Checkbox: Checkbox.extend({ classNames: { input: classes.check, icon: classes.checkIcon } }),
    Slider: Slider.extend({
      classNames: { root: classes.slider, track: classes.track, bar: classes.bar, thumb: classes.thumb, mark: classes.mark, markLabel: classes.markLabel },
    }),
  },
})

const variables = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--pressed)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--bad-ink)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
}

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables })
