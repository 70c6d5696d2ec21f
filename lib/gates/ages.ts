// Ages in words. Pure: the present is an argument.

/** What Exchange Online may take to notice a change; ninety minutes were measured (`propagation-delay` in the dictionary). */
export const propagationMs = 2 * 60 * 60 * 1000

/** "34 minutes", "1 hour 20 minutes", "3 days". */
export function lasting(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return counted(minutes, 'minute')
  if (minutes < 4 * 60 && minutes % 60 > 0)
    return `${counted(Math.floor(minutes / 60), 'hour')} ${counted(minutes % 60, 'minute')}`
  if (minutes < 48 * 60) return counted(Math.floor(minutes / 60), 'hour')
  return counted(Math.floor(minutes / (24 * 60)), 'day')
}

/** "12 minutes ago"; a clock that is ahead of this one reads as now. */
export function ago(at: number, now: number): string {
  if (!Number.isFinite(at)) return 'at a time that is not known'
  return now - at < 60_000 ? 'just now' : `${lasting(now - at)} ago`
}

/** Separators only where there are any: writing numbers for people is slow, and ages are written ten thousand times. */
export const grouped = (count: number) => (count < 1_000 ? String(count) : count.toLocaleString('en'))

export const counted = (count: number, noun: string) =>
  `${grouped(count)} ${noun}${count === 1 ? '' : noun.endsWith('x') ? 'es' : 's'}`
