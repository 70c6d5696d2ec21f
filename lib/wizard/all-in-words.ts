// What "Do all of it for me" will do, in one sentence, before anything is sent.
import { createASecret, mayBeLost, suggestedDays } from '../steps/create-a-secret.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import { permissionFor, type Setup } from '../steps/step.ts'

export function allInWords(setup: Setup): string {
  const adopted = setup.answered(registerTheApplication)?.clientId
  const days = setup.answered(createASecret)?.days ?? suggestedDays
  const application = adopted ? `use the application ${adopted}` : `create the application ${setup.name}`
  const roles = setup.protocols.map(protocol => permissionFor[protocol]).join(', ')
  const removal = setup.secrets.some(mayBeLost) ? ' remove a secret of an earlier attempt if its value is lost,' : ''
  return `${application} with its enterprise application, ask for ${roles} and grant them,${removal} and create a client secret that is valid for ${days} days`
}
