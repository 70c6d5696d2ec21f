// From a pasted text to what Exchange was seen to hold, oldest look first. The rule: only what the text says for certain, of
// this application, tenant and setup, becomes evidence; a question of `judge` is none.

import type { ExchangeEvidence } from '../evidence.ts'
import { grantedAddresses, grantedHash, type Receipt } from '../receipt.ts'
import type { Found } from './found.ts'
import { outputEvidence, type Part } from './output-evidence.ts'
import { receiptEvidence } from './receipt-evidence.ts'
import type { Expected } from './verdict.ts'

/** A receipt counts from when its script ran, but never later than `pastedAt` (ISO 8601): that machine's clock may be ahead.
 *  Output counts from when it was pasted, or from just before the receipt that stands below it in the same window. */
export async function evidenceOf(
  found: Found,
  expected: Expected,
  pastedAt: string
): Promise<readonly ExchangeEvidence[]> {
  const all = found.receipts.flatMap(({ line, receipt, earlier }) => [...earlier, { line, receipt }])
  const own: { line: number; receipt: Receipt; at: string }[] = []
  for (const { line, receipt } of all)
    if (isOf(receipt, expected) && (await fitsItsHash(receipt)))
      own.push({ line, receipt, at: earlier(receipt.when, pastedAt) })
  own.sort((a, b) => a.line - b.line)
  // A window that was connected to another tenant may show that tenant's entry of the same application.
  const elsewhere = all.some(({ receipt }) => !isOfTenant(receipt, expected))
  const parts: Part[] = elsewhere ? [] : partsBetween(own, pastedAt)
  const looks = [
    ...own.map(({ receipt, at }) => receiptEvidence(receipt, at)),
    ...parts.flatMap(part => outputEvidence(found, part, expected))
  ]
  return looks.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

function isOf(receipt: Receipt, expected: Expected): boolean {
  const { appId, setupId } = expected
  return (
    receipt.appId === appId.toLowerCase() && (!setupId || receipt.setupId === setupId) && isOfTenant(receipt, expected)
  )
}

const isOfTenant = (receipt: Receipt, { tenantId }: Expected) =>
  !tenantId || receipt.tenantId === tenantId.toLowerCase()

/** Where the addresses are named, they must be those that the script hashed. */
async function fitsItsHash(receipt: Receipt): Promise<boolean> {
  return receipt.details !== undefined || (await grantedHash(grantedAddresses(receipt))) === receipt.sha256
}

const earlier = (one: string, other: string) => (Date.parse(one) < Date.parse(other) ? one : other)
const secondMs = 1000

/** The text above each receipt, and below the last. */
function partsBetween(own: readonly { line: number; at: string }[], pastedAt: string): Part[] {
  const lines = [0, ...own.map(({ line }) => line), Number.POSITIVE_INFINITY]
  return lines.slice(1).map((to, index) => {
    const below = own[index]
    const at = below ? new Date(Date.parse(below.at) - secondMs).toISOString() : pastedAt
    return { from: lines[index] ?? 0, to, at }
  })
}
