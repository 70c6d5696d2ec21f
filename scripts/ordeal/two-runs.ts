// One run per setup at a time, on two instances: pressed twice at once, one runs and the other is told who and since when;
// and where the server that runs is killed, its lease ends and the other instance carries on.
// The rule it keeps: what the practice tenant was sent and holds is what counts; a control ignores the lease from outside.
import { controlOf, type PracticeControl } from '../../e2e/fixtures/practice.ts'
import { askDatabase } from './answers.ts'
import { type How, noTime, type Outcome } from './kind.ts'
import { startTwo, type TwoProduct } from './two-product.ts'
import { type Answer, Visitor } from './visitor.ts'

const write = { method: 'PATCH', path: '^/v1.0/applications\\(uniqueName=' }
const told = 'ada@contoso.example<!-- --> began it at'
/** The lease's own 12 seconds, and a press and a look on top. */
const deadLeaseMaxMs = 15_000
const pressEveryMs = 500

type Ground = { product: TwoProduct; practice: PracticeControl; visitor: Visitor }

async function open(): Promise<Ground> {
  const product = await startTwo()
  try {
    const practice = controlOf(product)
    await practice.allowTheWizard()
    const visitor = new Visitor(product.url)
    await visitor.signIn('Ada Lindqvist')
    return { product, practice, visitor }
  } catch (error) {
    await product.stop()
    throw error
  }
}

/** Each round presses twice at once, or kills who runs; the control at the end ignores the lease. */
export async function oneRunAtATime(drawn: number, { leftMs, say }: How): Promise<Outcome> {
  const ground = await open()
  const failures: string[] = []
  const waits: number[] = []
  let rounds = 0
  try {
    for (; rounds < drawn && (rounds === 0 || leftMs() > 0); rounds++) {
      const round = rounds
      const isDead = round % 2 === 1
      const problems = isDead ? await runAndDie(ground, waits) : await runTwiceAtOnce(ground)
      const left = await ground.practice.left()
      if (left.applications.length !== round + 1)
        problems.push(`the tenant holds ${left.applications.length} applications`)
      if (left.secrets.length !== round + 1) problems.push(`the tenant holds ${left.secrets.length} secrets`)
      const name = isDead ? 'A run whose server was killed' : 'Two runs at once'
      failures.push(...problems.map(problem => `${name}, round ${round}: ${problem}`))
      say(`${name}: ${round + 1} of ${drawn}, ${failures.length} failures`)
    }
    failures.push(...(await controlLease(ground, say)))
  } finally {
    await ground.product.stop()
  }
  const longest = (Math.max(0, ...waits) / 1000).toFixed(1)
  return {
    cases: rounds + 1,
    failures,
    figures: {
      'One run at a time: rounds': rounds,
      ...(rounds < drawn && { [`One run at a time: ${noTime}`]: drawn - rounds }),
      'Longest until a dead server’s lease had ended': `${longest} s`
    }
  }
}

/**
 * Whoever has the lease counts as whoever asks from now on: to a collation that takes every digit for the same one, the random
 * IDs of holders are equal. So each may take it, and each is told that it is still theirs.
 * @returns the failure, should nobody notice
 */
async function controlLease(ground: Ground, say: (line: string) => void): Promise<readonly string[]> {
  await askDatabase(ground.product.databaseUrl, client =>
    client.query(`
      CREATE COLLATION anybody (provider = icu, locale = 'und', deterministic = false,
        rules = '&0=1=2=3=4=5=6=7=8=9=a=b=c=d=e=f');
      ALTER TABLE "Lease" ALTER COLUMN "holder" TYPE text COLLATE anybody`)
  )
  const problems = await runTwiceAtOnce(ground)
  say(`Control, the lease ignored: ${problems.join('; ') || 'NOT noticed'}`)
  return problems.length > 0 ? [] : ['The control ignored the lease, and two runs at once were not noticed']
}

/** A new setup whose tenant is entered. Gives the press on "Do all of it for me". */
async function newSetup({ visitor, practice }: Ground): Promise<() => Promise<Answer>> {
  const begun = await visitor.press(await visitor.open('/setups/new'), 'Continue', { name: 'Invoices' })
  const entered = await visitor.press(begun, 'Enter your tenant as')
  await practice.clearRequests()
  const press = visitor.formOn(entered, 'Do all of it for me')
  return () => press()
}

const isBusy = ({ location }: Answer) => location?.includes('busy=1') === true

/** What the one who was refused is shown at once. */
async function pageIfBusy(visitor: Visitor, answer: Answer): Promise<string | undefined> {
  return isBusy(answer) ? (await visitor.open(answer.location ?? '')).html : undefined
}

async function runTwiceAtOnce(ground: Ground): Promise<string[]> {
  const { visitor, practice } = ground
  const press = await newSetup(ground)
  await practice.faults([{ match: write, kind: 'slow', waitMs: 2_000 }])
  const pages = await Promise.all([press(), press()].map(async pressed => pageIfBusy(visitor, await pressed)))
  const busy = pages.filter(page => page !== undefined)
  const problems: string[] = []
  if (busy.length !== 1) problems.push(`${busy.length} of the two were told that another run is at work`)
  if (!busy.every(page => page.includes(told))) problems.push('the other was not told who and since when')
  const writes = await writesIn(practice)
  if (writes !== 1) problems.push(`the application was written ${writes} times`)
  return problems
}

async function runAndDie(ground: Ground, waits: number[]): Promise<string[]> {
  const { product, visitor, practice } = ground
  const press = await newSetup(ground)
  await practice.faults([{ match: write, kind: 'slow', waitMs: 60_000 }])
  const died = press()
  while ((await practice.requests()).requests.every(({ fault }) => fault !== 'slow')) await pause(20)
  await product.killServer()
  const killedMs = Date.now()
  const problems: string[] = []
  const { status } = await died
  if (status !== 502) problems.push(`the request that died was answered with ${status}`)
  let answer = await press()
  // Killed a moment ago, so its lease lives on for as long as it was renewed for.
  if (!isBusy(answer)) problems.push('nobody was told of the run whose server had just died')
  else if (!(await visitor.open(answer.location ?? '')).html.includes(told))
    problems.push('the other was not told who and since when')
  while (isBusy(answer) && Date.now() - killedMs < deadLeaseMaxMs) {
    await pause(pressEveryMs)
    answer = await press()
  }
  waits.push(Date.now() - killedMs)
  if (isBusy(answer)) problems.push(`the lease of the dead server had not ended after ${deadLeaseMaxMs / 1000} s`)
  await product.restart()
  await product.whole()
  return problems
}

async function writesIn(practice: PracticeControl): Promise<number> {
  const { requests } = await practice.requests()
  return requests.filter(({ method, path }) => method === write.method && path.includes('/applications(uniqueName='))
    .length
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
