import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Px from the end within which the person still counts as reading the newest. */
const NEAR_END_PX = 24

export interface FollowingScroll {
  readonly scrollRef: RefObject<HTMLDivElement | null>
  readonly onScroll: () => void
  /** False once the person has scrolled back to read. */
  readonly isFollowing: boolean
  readonly follow: () => void
}

/** Keeps a list scrolled to its end while it grows, unless the person scrolled away from there. `newest` tells of growth. */
export function useFollowingScroll(newest: unknown): FollowingScroll {
  const scrollRef = useRef<HTMLDivElement | null>(null)
  const [isFollowing, setIsFollowing] = useState(true)

  const follow = useCallback(() => {
    const element = scrollRef.current
    if (element) element.scrollTop = element.scrollHeight
    setIsFollowing(true)
  }, [])

  useLayoutEffect(() => {
    if (isFollowing) follow()
  }, [newest, isFollowing, follow])

  const onScroll = useCallback(() => {
    const element = scrollRef.current
    if (element) setIsFollowing(element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_END_PX)
  }, [])

  return { scrollRef, onScroll, isFollowing, follow }
}
