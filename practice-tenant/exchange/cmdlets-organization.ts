// Settings of the whole organisation: transport, configuration, customization.
// https://learn.microsoft.com/powershell/module/exchangepowershell/set-transportconfig

import { type Cmdlet, parameters } from './cmdlet.ts'
import { distinguishedName } from './directory.ts'
import { confirmed, exchangeOf } from './exchange-call.ts'
import { exchangeFault } from './faults.ts'
import { PSObject } from './values.ts'
import { exchangeTypes } from './views.ts'

const getTransportConfig: Cmdlet = {
  name: 'Get-TransportConfig',
  origin: 'exchange',
  parameters: parameters(''),
  run(call) {
    const { transport } = exchangeOf(call)
    call.emit(
      new PSObject(
        exchangeTypes.transport,
        {
          AllowLegacyTLSClients: false,
          SmtpClientAuthenticationDisabled: transport.smtpClientAuthenticationDisabled,
          MaxRecipientEnvelopeLimit: 'Unlimited',
          MessageExpiration: '1.00:00:00',
          Identity: 'Transport Settings',
          Name: 'Transport Settings'
        },
        'Transport Settings'
      )
    )
  }
}

const otherSettings =
  '~AddressBookPolicyRoutingEnabled:bool ~AllowLegacyTLSClients:bool ~ClearCategories:bool ~ConvertDisclaimerWrapperToEml:bool ~DSNConversionMode ~ExternalDelayDsnEnabled:bool ~ExternalDsnDefaultLanguage ~ExternalDsnLanguageDetectionEnabled:bool ~ExternalDsnReportingAuthority ~ExternalDsnSendHtml:bool ~ExternalPostmasterAddress ~HeaderPromotionModeSetting ~InternalDelayDsnEnabled:bool ~InternalDsnDefaultLanguage ~InternalDsnLanguageDetectionEnabled:bool ~InternalDsnReportingAuthority ~InternalDsnSendHtml:bool ~JournalMessageExpirationDays:int ~JournalingReportNdrTo ~MaxRecipientEnvelopeLimit ~MessageExpiration ~PreventDuplicateJournalingEnabled:bool ~ReplyAllStormBlockDurationHours:int ~ReplyAllStormDetectionMinimumRecipients:int ~ReplyAllStormDetectionMinimumReplies:int ~ReplyAllStormProtectionEnabled:bool ~Rfc2231EncodingEnabled:bool ~VoicemailJournalingEnabled:bool'

const setTransportConfig: Cmdlet = {
  name: 'Set-TransportConfig',
  origin: 'exchange',
  parameters: parameters(
    'SmtpClientAuthenticationDisabled:bool Force:switch Confirm:switch=cf WhatIf:switch=wi',
    otherSettings
  ),
  run(call) {
    const { transport } = exchangeOf(call)
    if (!call.has('SmtpClientAuthenticationDisabled')) return
    if (!confirmed(call, false, 'Setting transport configuration "Transport Settings".')) return
    transport.smtpClientAuthenticationDisabled = call.flag('SmtpClientAuthenticationDisabled')
    call.shell.session.store.changed()
  }
}

const getOrganizationConfig: Cmdlet = {
  name: 'Get-OrganizationConfig',
  origin: 'exchange',
  parameters: parameters(''),
  run(call) {
    const exchange = exchangeOf(call)
    const { name, displayName, guid, customized } = exchange.organization
    call.emit(
      new PSObject(
        exchangeTypes.organization,
        {
          Name: name,
          DisplayName: displayName,
          Identity: name,
          Id: name,
          Guid: guid,
          OrganizationId: name,
          DistinguishedName: distinguishedName(exchange, 'Configuration'),
          IsDehydrated: !customized,
          OAuth2ClientProfileEnabled: true,
          EnforceExoAppRbacPermissions: false,
          EwsEnabled: null
        },
        name
      )
    )
  }
}

const enableCustomization: Cmdlet = {
  name: 'Enable-OrganizationCustomization',
  origin: 'exchange',
  parameters: parameters('Confirm:switch=cf WhatIf:switch=wi'),
  run(call) {
    const { organization } = exchangeOf(call)
    if (organization.customized) {
      call.error(exchangeFault.alreadyCustomized(call))
      return
    }
    if (!confirmed(call, false, `Enabling customization of "${organization.name}".`)) return
    organization.customized = true
    call.shell.session.store.changed()
  }
}

export const organizationCmdlets: readonly Cmdlet[] = [
  getTransportConfig,
  setTransportConfig,
  getOrganizationConfig,
  enableCustomization
]
