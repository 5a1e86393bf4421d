import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { text } from '../text'

/** A person's pause while typing: asking at every letter would only show what they do not mean yet. */
const TYPING_MS = 150

interface SearchFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly className: string | undefined
  readonly onChange: (value: string) => void
}

/** Says what is searched for once the person pauses. */
export function SearchField({ label, hint, value, className, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  // Taken over when it changes from elsewhere: the filters are cleared.
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed), TYPING_MS)
    return () => clearTimeout(timer)
  })
  return (
    <TextInput
      aria-label={label}
      data-search
      placeholder={hint}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.currentTarget.value)}
      leftSection={<IconSearch size={13} aria-hidden />}
      rightSection={
        typed !== '' && (
          <ActionIcon size={22} aria-label={text.results.clear} onClick={() => setTyped('')}>
            <IconX size={13} aria-hidden />
          </ActionIcon>
        )
      }
      className={className ?? ''}
    />
  )
}
