// The samples in PowerShell, which speak the protocols themselves: no command of PowerShell reads mail by IMAP or POP.
// The rule they keep: whatever a value is, `ps` quotes it.

import { type PowerShell, ps, psComment, psJoin, textOf } from '../powershell/quote.ts'
import { does, type Sample, type SampleFile, type SampleInput, valuesOf } from './sample.ts'

/** Windows PowerShell 5.1 would offer older TLS to the token endpoint by itself.
 *  https://learn.microsoft.com/dotnet/api/system.net.servicepointmanager.securityprotocol */
function start(input: SampleInput, file: Omit<SampleFile, 'code'>): PowerShell {
  const { clientId, endpoint, scope, mailbox, host, port } = valuesOf(input, file.protocol, text => text)
  return psJoin([
    psComment(file.does),
    ps`
      $ErrorActionPreference = 'Stop'
      $clientId = ${clientId}
      $tokenEndpoint = ${endpoint}
      $scope = ${scope}
      $mailbox = ${mailbox}
      $server = ${host}
      $port = ${port}
      if (-not $env:MAIL_CLIENT_SECRET) { throw 'MAIL_CLIENT_SECRET is not set.' }
      [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
      $form = @{
        client_id = $clientId
        scope = $scope
        client_secret = $env:MAIL_CLIENT_SECRET
        grant_type = 'client_credentials'
      }
      $token = (Invoke-RestMethod -Method Post -Uri $tokenEndpoint -Body $form).access_token
      $login = 'user={0}{1}auth=Bearer {2}{1}{1}' -f $mailbox, [char]1, $token
      $sasl = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($login))
    `
  ])
}

/** SslStream checks the certificate's chain and its name unless told otherwise.
 *  https://learn.microsoft.com/dotnet/api/system.net.security.sslstream.authenticateasclient */
const lines = ps`
  function Use-Stream($stream) {
    $script:reader = New-Object -TypeName IO.StreamReader -ArgumentList $stream
    $script:writer = New-Object -TypeName IO.StreamWriter -ArgumentList $stream
    $script:writer.NewLine = [string][char]13 + [char]10
    $script:writer.AutoFlush = $true
  }
  function Get-SecureStream {
    $stream = New-Object -TypeName Net.Security.SslStream -ArgumentList ($tcp.GetStream())
    $stream.AuthenticateAsClient($server, $null, [Security.Authentication.SslProtocols]::Tls12, $true)
    $stream
  }
  function Read-Line {
    $line = $script:reader.ReadLine()
    if ($null -eq $line) { throw 'The server closed the connection.' }
    $line
  }
  $tcp = New-Object -TypeName Net.Sockets.TcpClient -ArgumentList $server, $port
`

const readImap = ps`
  $script:number = 0
  function Send-Command($command) {
    $script:number++
    $tag = 'A{0}' -f $script:number
    $script:writer.WriteLine($tag + ' ' + $command)
    while ($true) {
      $line = Read-Line
      # The reason of a refusal: an empty answer ends the exchange.
      if ($line.StartsWith('+ ')) { $script:writer.WriteLine() }
      elseif ($line.StartsWith($tag + ' OK')) { return }
      elseif ($line.StartsWith($tag + ' ')) { throw $line }
      else { $line }
    }
  }
  Use-Stream (Get-SecureStream)
  $null = Read-Line
  $null = Send-Command ('AUTHENTICATE XOAUTH2 ' + $sasl)
  # EXAMINE and PEEK: nothing is marked as read.
  $exists = Send-Command 'EXAMINE INBOX' | Where-Object { $_ -match '^\* \d+ EXISTS' }
  $count = [int]($exists -replace '\D', '')
  Write-Output ('{0} messages' -f $count)
  if ($count -gt 0) {
    $newest = '{0}:{1}' -f [Math]::Max(1, $count - 9), $count
    Send-Command ('FETCH ' + $newest + ' (BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)])')
  }
  $null = Send-Command 'LOGOUT'
  $tcp.Dispose()
`

const readPop = ps`
  function Send-Command($command) {
    $script:writer.WriteLine($command)
    $line = Read-Line
    if (-not $line.StartsWith('+')) { throw $line }
    $line
  }
  Use-Stream (Get-SecureStream)
  $null = Read-Line
  # The string stands on a line of its own: this server takes it in no other way.
  $null = Send-Command 'AUTH XOAUTH2'
  $null = Send-Command $sasl
  $count = [int]((Send-Command 'STAT') -split ' ')[1]
  Write-Output ('{0} messages' -f $count)
  for ($index = [Math]::Max(1, $count - 9); $index -le $count; $index++) {
    $null = Send-Command ('TOP {0} 0' -f $index)
    while (($line = Read-Line) -ne '.') {
      if ($line -match '^(Date|From|Subject):') { $line }
    }
  }
  $null = Send-Command 'QUIT'
  $tcp.Dispose()
`

const sendSmtp = ps`
  function Receive-Answer($expected) {
    do { $line = Read-Line } while ($line -match '^\d{3}-')
    if (-not $line.StartsWith($expected)) { throw $line }
  }
  function Send-Command($command, $expected) {
    $script:writer.WriteLine($command)
    Receive-Answer $expected
  }
  Use-Stream ($tcp.GetStream())
  Receive-Answer '220'
  Send-Command 'EHLO localhost' '250'
  Send-Command 'STARTTLS' '220'
  Use-Stream (Get-SecureStream)
  Send-Command 'EHLO localhost' '250'
  Send-Command 'AUTH XOAUTH2' '334'
  Send-Command $sasl '235'
  Send-Command ('MAIL FROM:<{0}>' -f $mailbox) '250'
  Send-Command ('RCPT TO:<{0}>' -f $mailbox) '250'
  Send-Command 'DATA' '354'
  $script:writer.WriteLine('Date: ' + [DateTime]::UtcNow.ToString('r'))
  $script:writer.WriteLine('From: <{0}>' -f $mailbox)
  $script:writer.WriteLine('To: <{0}>' -f $mailbox)
  $script:writer.WriteLine('Subject: Sent with OAuth by PowerShell')
  $script:writer.WriteLine('')
  $script:writer.WriteLine('This message was sent by SMTP with a token of the application itself.')
  Send-Command '.' '250'
  Send-Command 'QUIT' '221'
  $tcp.Dispose()
  Write-Output ('Sent to ' + $mailbox)
`

export function powershellSample(input: SampleInput): Sample {
  const files: readonly (Omit<SampleFile, 'code'> & { rest: PowerShell })[] = [
    {
      name: 'Read-Imap.ps1',
      protocol: 'IMAP',
      does: does.IMAP,
      rest: readImap
    },
    {
      name: 'Read-Pop.ps1',
      protocol: 'POP',
      does: does.POP,
      rest: readPop
    },
    {
      name: 'Send-Smtp.ps1',
      protocol: 'SMTP',
      does: does.SMTP,
      rest: sendSmtp
    }
  ]
  return {
    id: 'powershell',
    title: 'PowerShell',
    language: 'powershell',
    tested: false,
    needs: ['Windows PowerShell 5.1 or PowerShell 7. No module is needed.', 'Run a file with: .\\Send-Smtp.ps1'],
    files: files.map(({ rest, ...file }) => ({
      ...file,
      code: `${textOf(psJoin([start(input, file), lines, rest]))}\n`
    })),
    notes: [
      // https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/send-mailmessage
      'PowerShell has no command that reads mail by IMAP or POP, and Send-MailMessage, which Microsoft calls obsolete, cannot sign in with OAuth. So these files speak the protocols themselves. They are for trying a mailbox by hand; for lasting work use a mail library such as MailKit, from C# or loaded into PowerShell 7.'
    ]
  }
}
