// How late Microsoft's directory shows what was changed, in reads of the same object.

export type Delay = { name: string; copyDelayReads: number; flickerReads: number }

export const delays: readonly Delay[] = [
  { name: 'copied at once', copyDelayReads: 0, flickerReads: 0 },
  { name: 'copied after 1 read', copyDelayReads: 1, flickerReads: 0 },
  { name: 'copied after 3 reads', copyDelayReads: 3, flickerReads: 0 },
  { name: 'copied after 6 reads', copyDelayReads: 6, flickerReads: 0 },
  { name: 'copied after 1 read, then flickering', copyDelayReads: 1, flickerReads: 4 }
]
