// Exchange Online's refusals in its own words, as far as they are documented or were seen in public issues; where only the
// exception is known, the words are the nearest Microsoft text. The rule it keeps: one place for all of them.
// Seen: https://github.com/timmcmic/DLConversionV2/issues/130, https://github.com/KelvinTegelaar/CIPP-API

import type { Call } from './cmdlet.ts'
import type { Fault } from './errors.ts'
import { guidFrom } from './state.ts'

const domainController = 'DB6PR06A001DC06.EURPR06A001.prod.outlook.com'
const notFoundException = 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException'

/** A fault as the module's functions print it: the code and the exception's name stand before the message. */
function fault(call: Call, exception: string, message: string, code = ''): Fault {
  const request = guidFrom(`${call.cmdlet.name}:${message}`)
  const time = call.shell.session.now().toUTCString()
  return {
    message: `${code}|${exception}|${message}`,
    id: `[Server=DB6PR06MB3142,RequestId=${request},TimeStamp=${time}],Write-ErrorMessage`,
    category: 'NotSpecified',
    type: 'System.Exception',
    by: 'Write-ErrorMessage'
  }
}

export const exchangeFault = {
  notFound: (call: Call, what: string): Fault =>
    fault(
      call,
      notFoundException,
      `The operation couldn't be performed because object '${what}' couldn't be found on '${domainController}'.`,
      'Ex6F9304'
    ),
  noMailbox: (call: Call, what: string): Fault =>
    fault(call, notFoundException, `The specified mailbox Identity:"${what}" doesn't exist.`, 'Ex41BAF5'),
  noRecipient: (call: Call, what: string): Fault =>
    fault(call, notFoundException, `Couldn't find '${what}' as a recipient.`, 'Ex6F9304'),
  noTrustee: (call: Call, what: string): Fault =>
    fault(
      call,
      notFoundException,
      `User or group "${what}" wasn't found. Please make sure you've typed it correctly.`,
      'Ex7B3A5F'
    ),
  ambiguous: (call: Call, what: string): Fault =>
    fault(
      call,
      'Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException',
      `The operation couldn't be performed because '${what}' matches multiple entries.`
    ),
  exists: (call: Call, name: string): Fault =>
    fault(
      call,
      'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException',
      `Active Directory operation failed on ${domainController}. The object 'CN=${name},CN=ServicePrincipals,CN=Configuration' already exists.`
    ),
  invalidGuid: (call: Call, what: string): Fault =>
    fault(
      call,
      'System.FormatException',
      `Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx). The value was '${what}'.`
    ),
  alreadyCustomized: (call: Call): Fault =>
    fault(
      call,
      'Microsoft.Exchange.Management.Common.InvalidOperationInDehydratedContextException',
      'This operation is not required. Organization is already enabled for customization.'
    )
}
