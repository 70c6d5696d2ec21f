// Which mailboxes the application may open, and the script that opens exactly these.

import { textOf } from '../powershell/quote.ts'
import { mailboxesScript, snippets, undoScript, wholeScript } from '../powershell/script.ts'
import { type Confirmed, mailboxesStand } from './exchange-stands.ts'
import { one } from './fields.ts'
import { mostBytes, mostMailboxes, readMailboxCsv, readMailboxes } from './mailboxes.ts'
import { registerInExchange, repairPanel } from './register-in-exchange.ts'
import { registerTheApplication } from './register-the-application.ts'
import { objectIdUnknown, scriptInput, scriptPanel, whereToRun } from './scripts.ts'
import type { Form, Input, Panel, Parsed, Setup, Step } from './step.ts'
import { closedField, stillOpen, type TakenOff, takenOffPanels, withoutClosed } from './taken-off.ts'

/** The list itself is kept as rows; the answer keeps what was said of it, and what was taken off it while open. */
export type Mailboxes = { mailboxes: readonly string[]; notes?: readonly string[]; takenOff?: TakenOff }

/** A first mailbox to try with: the admin's own, unless it lies in another tenant. */
const ownMailbox = (setup: Setup) => (setup.admin && !setup.admin.guest ? setup.admin.username : '')

const takenOffOf = (setup: Setup) => setup.answered(openTheMailboxes)?.takenOff

const chooses: Form<Mailboxes> = {
  submit: 'Save the mailboxes',
  fields: setup => [
    {
      name: 'mailboxes',
      label: 'Mailboxes',
      hint: 'One address a line, or separated by commas, semicolons or spaces. User and shared mailboxes; not groups.',
      kind: 'lines',
      value: [setup.mailboxes.length > 0 ? setup.mailboxes.join('\n') : ownMailbox(setup)]
    },
    {
      name: 'csv',
      label: 'Or read them from a CSV file',
      hint: 'The column with the addresses is found by its heading, for example PrimarySmtpAddress. They are added to the list above; a mailbox that is only suggested there is left out.',
      kind: 'file',
      value: []
    },
    ...closedField(setup, takenOffOf(setup))
  ],
  parse(input, setup): Parsed<Mailboxes> {
    const csvText = one(input, 'csv')
    const suggested = csvText && isSuggestion(input, setup) ? ownMailbox(setup) : undefined
    const typed = readMailboxes(suggested ? '' : (input.mailboxes?.[0] ?? ''))
    const csv = csvText ? readMailboxCsv(csvText) : undefined
    const problems = [
      ...typed.problems.map(problem => ({ field: 'mailboxes', says: `Line ${problem.line}: ${problem.says}` })),
      ...(csv?.problems ?? []).map(problem => ({ field: 'csv', says: `CSV line ${problem.line}: ${problem.says}` }))
    ]
    if (csvText.length >= mostBytes)
      problems.push({ field: 'csv', says: `The file is too long: ${mostBytes} bytes at most.` })
    const mailboxes = [...new Set([...typed.mailboxes, ...(csv?.mailboxes ?? [])])]
    if (mailboxes.length > mostMailboxes)
      problems.push({
        field: 'mailboxes',
        says: `One setup takes ${mostMailboxes} mailboxes; these are ${mailboxes.length}.`
      })
    if (problems.length === 0 && mailboxes.length === 0)
      problems.push({ field: 'mailboxes', says: 'Name at least one mailbox.' })
    if (problems.length > 0) return { ok: false, problems }
    const both = (csv?.mailboxes ?? []).filter(address => typed.mailboxes.includes(address)).length
    const notes = [
      ...typed.duplicates.map(({ line, address, firstLine }) => twice('Line', line, address, firstLine)),
      ...(csv?.duplicates ?? []).map(({ line, address, firstLine }) => twice('CSV line', line, address, firstLine)),
      ...(csv
        ? [`${csv.mailboxes.length} addresses came from the CSV file${csv.column ? `, column ${csv.column}` : ''}.`]
        : []),
      ...(both > 0 ? [`${both} of them were in the list already; they count once.`] : []),
      ...(suggested && !mailboxes.includes(suggested.toLowerCase())
        ? [`${suggested} was only a suggestion and is left out. Add it to the list if your program needs it.`]
        : [])
    ]
    const before = takenOffOf(setup)
    const takenOff = before && withoutClosed(before, input.closed ?? [])
    return { ok: true, value: { mailboxes, ...(takenOff && { takenOff }) }, notes }
  }
}

/** Whether the list holds what the wizard put there, and nobody has saved it: nobody asked for that mailbox. */
const isSuggestion = (input: Input, setup: Setup) =>
  setup.mailboxes.length === 0 && (input.mailboxes?.[0] ?? '').trim() === ownMailbox(setup)

const twice = (where: string, line: number, address: string, firstLine: number) =>
  `${where} ${line}: ${address} is already in line ${firstLine}; it counts once.`

const everyMailboxOpen = {
  says: 'The script ran, and Get-MailboxPermission shows FullAccess for the application on every mailbox.',
  found: { confirmed: true } as const
}

export const openTheMailboxes: Step<Mailboxes, Confirmed> = {
  id: 'open-the-mailboxes',
  title: 'Open the mailboxes',
  why: 'In Exchange Online the application opens nothing until each mailbox lets it in. Grant it the mailboxes that your program needs, and no others.',
  needs: [registerTheApplication, registerInExchange],
  permissions: [],
  asks: chooses,

  async check(_tenant, setup) {
    const app = setup.found(registerTheApplication)
    const seen = app && (await mailboxesStand(setup, app))
    if (seen) return seen
    return {
      kind: 'unseen',
      question: 'Did the script end with a receipt that lists no failures?',
      counts: { mailboxes: setup.mailboxes.length }
    }
  },

  manual: setup => ({
    where: 'Exchange Online PowerShell',
    clicks: [{ says: 'Run the commands above, one after another, in one PowerShell window' }],
    confirms: setup.mailboxes.length > 0 ? everyMailboxOpen : undefined
  }),

  panels(setup): readonly Panel[] {
    const input = scriptInput(setup, registerInExchange)
    if (!input) return [objectIdUnknown]
    if (setup.mailboxes.length === 0) return []
    const open = stillOpen(setup, takenOffOf(setup)).map(({ address }) => address)
    const notes = setup.answered(openTheMailboxes)?.notes ?? []
    return [
      ...(notes.length > 0 ? [{ kind: 'notice' as const, title: 'About the list', says: notes.slice(0, 20) }] : []),
      ...takenOffPanels(setup, open, input.objectId),
      // Its script stops at a wrong Object ID, and its receipt is pasted here.
      ...repairPanel(setup, input),
      scriptPanel(
        setup,
        'open-the-mailboxes',
        'The script for this step',
        'It grants FullAccess, switches a protocol on only where it is off, goes on past a mailbox that fails, and ends with a receipt.',
        mailboxesScript(input)
      ),
      scriptPanel(
        setup,
        'whole',
        'Both Exchange steps as one script',
        'Registers the application in Exchange and opens the mailboxes.',
        wholeScript(input),
        true
      ),
      whereToRun,
      {
        kind: 'snippets',
        title: 'The same, command by command',
        snippets: snippets(input).map(snippet => ({ ...snippet, code: textOf(snippet.code) }))
      },
      scriptPanel(
        setup,
        'undo',
        'Undo',
        'Takes the mailbox permissions, Send As included, away again and removes the application from Exchange. Protocol switches stay as they are.',
        undoScript({ ...input, mailboxes: [...input.mailboxes, ...open] }),
        true
      )
    ]
  }
}
