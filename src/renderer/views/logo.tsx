/** The mark: a gate, half raised, and the water that it lets through. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden>
      <rect width="24" height="24" rx="6.5" fill="var(--accent)" />
      <path d="M6.5 4.5v15M17.5 4.5v15" stroke="var(--on-accent)" strokeWidth="2" strokeLinecap="round" />
      <rect x="8.6" y="4.4" width="6.8" height="6.6" rx="1.2" fill="var(--on-accent)" />
      <path
        d="M8.6 14.6c1.13-1.1 2.27-1.1 3.4 0s2.27 1.1 3.4 0M8.6 18.4c1.13-1.1 2.27-1.1 3.4 0s2.27 1.1 3.4 0"
        stroke="var(--on-accent)"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </svg>
  )
}
