// How long a session lives: while it is used, and at most.

const minuteMs = 60_000
export const idleLimitMs = 2 * 60 * minuteMs
export const absoluteLimitMs = 12 * 60 * minuteMs
export const touchEveryMs = minuteMs
