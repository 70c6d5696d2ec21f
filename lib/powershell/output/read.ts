// Reads what a person pasted from a PowerShell window: receipts of our scripts, and what Exchange's own cmdlets print. The
// rule: nothing is guessed; what could be two things is handed on as ambiguous, with the line and the reason.

import { beginMarker, endMarker, type Receipt, readReceipt } from '../receipt.ts'
import {
  type Ambiguity,
  type Found,
  type FoundCasMailbox,
  type FoundPermission,
  type FoundPrincipal,
  type FoundReceipt,
  isGuid,
  type Seen,
  seen
} from './found.ts'
import { type Line, linesOf } from './lines.ts'
import { type PrintedRecord, recordsOf } from './records.ts'

/** Characters; a receipt of ten thousand mailboxes has about 700,000. */
export const mostRead = 3_000_000

/** Everything in a pasted text, typed, with the lines it came from. Never throws; what exceeds `mostRead` is not read. */
export function readOutput(text: string): Found {
  const { receipts, refused, rest } = receiptsOf(linesOf(text.slice(0, mostRead)))
  const { records, errors, ambiguous, commands, partlyRead } = recordsOf(rest)
  const principals: FoundPrincipal[] = []
  const permissions: FoundPermission[] = []
  const casMailboxes: FoundCasMailbox[] = []
  const unsure: Ambiguity[] = [...ambiguous]
  const isPermission = ({ cells }: PrintedRecord) =>
    cells.has('user') && (cells.has('accessrights') || cells.has('deny'))
  // An entry that an empty line tore in two is none any more.
  const isTorn = (one: PrintedRecord) =>
    !isPermission(one) && ['user', 'usersid', 'accessrights', 'deny'].some(name => one.cells.has(name))
  const notWhole = new Set([...partlyRead, ...records.filter(isTorn).map(({ block }) => block)])
  for (const record of records) {
    const has = (name: string) => record.cells.has(name)
    if (isPermission(record)) permissions.push(permissionOf(record, !notWhole.has(record.block)))
    else if (has('imapenabled') || has('popenabled') || has('smtpclientauthenticationdisabled'))
      casMailboxes.push(casMailboxOf(record))
    else if (has('appid') || has('objectid')) {
      if (isOfEntra(record)) unsure.push(ofEntra(record))
      else principals.push(principalOf(record))
    }
  }
  for (const { line, appId, objectId } of principals)
    for (const [name, id] of Object.entries({ AppId: appId, ObjectId: objectId }))
      if (id?.cut)
        unsure.push({
          line,
          what: `${name} ${id.text}…`,
          why: 'The window was too narrow and cut this ID. Another ID could begin with the same characters.',
          ids: [`${id.text}…`]
        })
  return {
    principals,
    permissions,
    casMailboxes,
    receipts,
    refusedReceipts: refused,
    errors,
    ambiguous: unsure.sort((a, b) => a.line - b.line),
    prompts: rest.filter(({ kind }) => kind === 'command').map(({ number }) => number),
    removals: commands.filter(({ removes }) => removes).map(({ number }) => number)
  }
}

const beginsReceipt = /^\s*[-\u2010-\u2015]{1,5}\s*BEGIN MAIL OAUTH RECEIPT\s*[-\u2010-\u2015]{1,5}\s*$/
const endsReceipt = /^\s*[-\u2010-\u2015]{1,5}\s*END MAIL OAUTH RECEIPT\s*[-\u2010-\u2015]{1,5}\s*$/

/** Receipts of one text that are read, the last ones: a script that is run all day prints fewer, and each is judged against every
 *  mailbox that was asked about. */
const mostReceipts = 50

type Receipts = { receipts: FoundReceipt[]; refused: { line: number; says: string }[]; rest: readonly Line[] }

/** What a later receipt of the same setup replaces: one that looks at everything or takes everything back, all; a fix, only the
 *  same fix; one that registers or opens, its like. */
function replaces({ script }: Receipt, earlier: Receipt): boolean {
  const partly = (kind: Receipt['script']) => kind === 'switches' || kind === 'send-as'
  if (script === 'diagnosis' || script === 'undo') return true
  return partly(script) || partly(earlier.script) ? script === earlier.script : true
}

/** Where a receipt ends that begins at this line, if it does before the next one begins. */
function endOf(lines: readonly Line[], begin: number, nextBegin = lines.length): number | undefined {
  for (let at = begin + 1; at < nextBegin; at += 1) if (endsReceipt.test((lines[at] as Line).text)) return at
  return undefined
}

/** Takes the receipts out of the lines. Of one setup the last one of its kind that could be read counts. */
function receiptsOf(lines: readonly Line[]): Receipts {
  const refused: { line: number; says: string }[] = []
  let receipts: FoundReceipt[] = []
  const rest: Line[] = []
  const begins = lines.flatMap(({ text }, at) => (beginsReceipt.test(text) ? [at] : []))
  const firstRead = begins.at(-mostReceipts) ?? 0
  const [first] = begins
  if (first !== undefined && first < firstRead)
    refused.push({
      line: (lines[first] as Line).number,
      says: `The text holds ${begins.length} receipts; the last ${mostReceipts} were read.`
    })
  let next = 0
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line
    if (at !== begins[next]) {
      rest.push(line)
      continue
    }
    next += 1
    const end = endOf(lines, at, begins[next])
    const whole = end !== undefined
    rest.push({ number: line.number, text: '', kind: 'blank' })
    // Without its end nothing says where a receipt stops, so the lines after it are read like any others.
    const inner = whole ? lines.slice(at + 1, end) : []
    const body = inner.map(({ text }) => text).join('\n')
    const read = at < firstRead ? undefined : readReceipt([beginMarker, body, ...(whole ? [endMarker] : [])].join('\n'))
    if (read?.ok === false) refused.push({ line: line.number, says: read.says })
    else if (read) {
      const { receipt } = read
      const same = (one: Receipt) =>
        one.setupId === receipt.setupId && one.tenantId === receipt.tenantId && one.appId === receipt.appId
      const gone = receipts.filter(one => same(one.receipt) && replaces(receipt, one.receipt))
      const earlier = gone.flatMap(one => [...one.earlier, { line: one.line, receipt: one.receipt }])
      receipts = [...receipts.filter(one => !gone.includes(one)), { line: line.number, receipt, earlier }]
    }
    at = end ?? at
  }
  return { receipts, refused, rest }
}

const cell = (record: PrintedRecord, ...names: readonly string[]) => {
  const name = names.find(one => record.cells.get(one))
  return name ? seen(record.cells.get(name) ?? '') : undefined
}

const yes = (record: PrintedRecord, name: string) => {
  const text = record.cells.get(name)?.toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : undefined
}

/** An ID that stops short was cut by whoever copied it, though no dots say so. */
function wholeOrCut(id: Seen | undefined): Seen | undefined {
  if (!id || id.cut || isGuid(id.text)) return id
  const short = /^[0-9a-f-]{1,35}$/i.test(id.text) || /^S-1-5-21(?:-\d+){0,3}-?$/i.test(id.text)
  return short ? { ...id, cut: true } : id
}

function principalOf(record: PrintedRecord): FoundPrincipal {
  const { line, block } = record
  return {
    line,
    block,
    appId: wholeOrCut(cell(record, 'appid')),
    objectId: wholeOrCut(cell(record, 'objectid')),
    displayName: cell(record, 'displayname', 'name', 'identity'),
    sid: wholeOrCut(cell(record, 'sid'))
  }
}

function permissionOf(record: PrintedRecord, blockWhole: boolean): FoundPermission {
  const { line, block, asked } = record
  const rights = record.cells.get('accessrights') ?? ''
  return {
    line,
    block,
    asked: asked?.cmdlet.endsWith('mailboxpermission') ? asked : undefined,
    mailbox: cell(record, 'identity'),
    user: cell(record, 'user') ?? { text: '', cut: false },
    userSid: cell(record, 'usersid'),
    rights: rights.match(/[A-Za-z]+(?!\w|\.\.\.|\u2026)/g) ?? [],
    rightsWhole: rights !== '' && !/\.\.\.|\u2026/.test(rights),
    blockWhole,
    deny: yes(record, 'deny')
  }
}

function casMailboxOf(record: PrintedRecord): FoundCasMailbox {
  const { line, block, asked } = record
  const smtp = record.cells.get('smtpclientauthenticationdisabled')
  const address = cell(record, 'primarysmtpaddress')
  return {
    line,
    block,
    asked: asked?.cmdlet.endsWith('casmailbox') ? asked : undefined,
    mailbox: cell(record, 'identity', 'name', 'displayname'),
    address: address?.cut ? undefined : address?.text.toLowerCase(),
    imap: yes(record, 'imapenabled'),
    pop: yes(record, 'popenabled'),
    smtpAuthDisabled: smtp === '' ? null : yes(record, 'smtpclientauthenticationdisabled')
  }
}

/** Entra's own cmdlets print service principals too: their ObjectId is what Exchange should have, not what it has.
 *  https://learn.microsoft.com/powershell/module/azuread/get-azureadserviceprincipal */
function isOfEntra({ cells, columns, asked }: PrintedRecord): boolean {
  if (asked && /^get-(?:azuread|mg|entra|azad)/.test(asked.cmdlet)) return true
  if (columns?.slice(0, 3).join() === 'objectid,appid,displayname') return true
  const names = new Set([...cells.keys(), ...(columns ?? [])])
  if (ofEntraOnly.some(name => names.has(name))) return true
  // Exchange's entries have an Id too, which is no Object ID.
  return names.has('id') && !names.has('objectid') && asked?.cmdlet !== 'get-serviceprincipal'
}

/** https://learn.microsoft.com/powershell/module/microsoft.graph.applications/get-mgserviceprincipal */
const ofEntraOnly = ['serviceprincipaltype', 'appownertenantid', 'appownerorganizationid', 'signinaudience']

function ofEntra(record: PrintedRecord): Ambiguity {
  const ids = ['objectid', 'appid'].map(name => record.cells.get(name) ?? '').filter(Boolean)
  const why =
    'This is what Microsoft Entra knows, not what Exchange knows. Run Get-ServicePrincipal in the Exchange window.'
  return { line: record.line, what: ids.join(' '), why, ids }
}
