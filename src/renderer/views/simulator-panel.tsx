import { Button, NumberInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { DEMO_KNOBS, SIMULATOR_BOUNDS, type SimulatorKnob, type SimulatorKnobs } from '../../shared/simulator-knobs'
import fields from '../controls/connections.module.css'
import { useSimulatorCommands } from '../store/console-context'
import { text } from '../text'
import { Panel } from './panel'
import classes from './simulator-panel.module.css'

const t = text.simulator
const KNOBS = ['requestsPerSecond', 'latencyMs', 'errorPercent'] as const satisfies readonly SimulatorKnob[]

/** The demo's API, to be turned while it is worked; nothing where real pairs are. */
export function SimulatorPanel() {
  const commands = useSimulatorCommands()
  const [inForce, setInForce] = useState<SimulatorKnobs | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    void commands.read().then((reply) => {
      if (reply.ok) setInForce(reply.value)
    })
  }, [commands])
  if (inForce === null) return null
  const turn = async (knobs: SimulatorKnobs) => {
    const reply = await commands.turn(knobs)
    setProblem(reply.ok ? null : reply.message)
    if (reply.ok) setInForce(reply.value)
  }
  return (
    <Panel title={t.title}>
      <div className={fields.fields}>
        <p className={fields.about}>{t.about}</p>
        <div className={classes.knobs}>
          {KNOBS.map((knob) => (
            <Knob key={knob} knob={knob} inForce={inForce[knob]} onTurn={(value) => void turn({ ...inForce, [knob]: value })} />
          ))}
        </div>
        <div className={fields.row}>
          <Button onClick={() => void turn(DEMO_KNOBS)} data-testid="simulator-reset">
            {t.reset}
          </Button>
          {problem && <span role="alert">{problem}</span>}
        </div>
      </div>
    </Panel>
  )
}

interface KnobProps {
  readonly knob: SimulatorKnob
  readonly inForce: number
  readonly onTurn: (value: number) => void
}

/** What is typed is asked for with Enter or on leaving. */
function Knob({ knob, inForce, onTurn }: KnobProps) {
  const [typed, setTyped] = useState<number | string | null>(null)
  const ask = () => {
    if (typeof typed === 'number' && typed !== inForce) onTurn(typed)
    setTyped(null)
  }
  return (
    <NumberInput
      label={t.knobs[knob].label}
      description={t.knobs[knob].about}
      suffix={t.knobs[knob].suffix}
      min={SIMULATOR_BOUNDS[knob].min}
      max={SIMULATOR_BOUNDS[knob].max}
      allowDecimal={false}
      clampBehavior="strict"
      value={typed ?? inForce}
      onChange={setTyped}
      onBlur={ask}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        ask()
      }}
      hideControls
      data-testid={`simulator-${knob}`}
    />
  )
}
