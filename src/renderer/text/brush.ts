/** The words of the strip under the charts, with which a stretch of time is looked at closely. */
export const brush = {
  title: 'History',
  hint: 'Drag here, or over a chart, to look at a stretch closely',
  span: (from: string, to: string, length: string) => `${from}–${to} · ${length}`,
  figures: (done: string, rate: string, refused: string, share: string) => `${done} pairs done · ${rate}/s · ${refused} refused (${share})`,
  figuresLabel: 'Figures of the stretch that is shown',
  from: 'Beginning of the stretch that is shown',
  to: 'End of the stretch that is shown',
  live: 'Back to live',
  follow: 'Follow the recording',
  gone: 'This stretch is no longer in the history.',
}
