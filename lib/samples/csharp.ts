// The samples in C# with MailKit. Microsoft's own tutorials ask for the token in C#; this is that request and what comes after.

import { csharp } from './quote.ts'
import { does, type Sample, type SampleFile, type SampleInput, secretVariable, valuesOf } from './sample.ts'

/** MailKit trusts what the system trusts, and offers TLS 1.2 and newer alone.
 *  https://github.com/jstedfast/MailKit/blob/master/ExchangeOAuth2.md, whose scope for IMAP and POP is not the one of tokens:
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
function code(input: SampleInput, file: Omit<SampleFile, 'code'>, using: readonly string[], rest: string): string {
  const { clientId, endpoint, scope, mailbox, host, port } = valuesOf(input, file.protocol, csharp)
  return `// ${file.does}
using System.Text.Json;
${using.map(name => `using ${name};`).join('\n')}

const string clientId = ${clientId};
const string tokenEndpoint = ${endpoint};
const string scope = ${scope};
const string mailbox = ${mailbox};
const string host = ${host};
const int port = ${port};

string secret = Environment.GetEnvironmentVariable("${secretVariable}")
    ?? throw new InvalidOperationException("${secretVariable} is not set.");

using var http = new HttpClient();
using var answer = await http.PostAsync(tokenEndpoint, new FormUrlEncodedContent(new Dictionary<string, string>
{
    ["client_id"] = clientId,
    ["scope"] = scope,
    ["client_secret"] = secret,
    ["grant_type"] = "client_credentials",
}));
using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
if (!answer.IsSuccessStatusCode)
    throw new InvalidOperationException(json.RootElement.GetProperty("error_description").GetString());
string token = json.RootElement.GetProperty("access_token").GetString()!;

${rest}`
}

const readImap = `using var client = new ImapClient();
await client.ConnectAsync(host, port, SecureSocketOptions.SslOnConnect);
await client.AuthenticateAsync(new SaslMechanismOAuth2(mailbox, token));

// Read only: nothing is marked as read.
var inbox = client.Inbox!;
await inbox.OpenAsync(FolderAccess.ReadOnly);
Console.WriteLine($"{inbox.Count} messages");
if (inbox.Count > 0)
{
    int first = Math.Max(0, inbox.Count - 10);
    foreach (var message in await inbox.FetchAsync(first, -1, MessageSummaryItems.Envelope))
        Console.WriteLine($"{message.Envelope!.Date:u} {message.Envelope.From} {message.Envelope.Subject}");
}
await client.DisconnectAsync(true);
`

const readPop = `// MailKit sends AUTH XOAUTH2 and its string on two lines, as Microsoft's POP server wants it.
using var client = new Pop3Client();
await client.ConnectAsync(host, port, SecureSocketOptions.SslOnConnect);
await client.AuthenticateAsync(new SaslMechanismOAuth2(mailbox, token));

int count = await client.GetMessageCountAsync();
Console.WriteLine($"{count} messages");
for (int index = Math.Max(0, count - 10); index < count; index++)
{
    var message = await client.GetMessageAsync(index);
    Console.WriteLine($"{message.Date:u} {message.From} {message.Subject}");
}
await client.DisconnectAsync(true);
`

const sendSmtp = `var message = new MimeMessage();
message.From.Add(MailboxAddress.Parse(mailbox));
message.To.Add(MailboxAddress.Parse(mailbox));
message.Subject = "Sent with OAuth by C#";
message.Body = new TextPart("plain") { Text = "This message was sent by SMTP with a token of the application itself." };

using var client = new SmtpClient();
await client.ConnectAsync(host, port, SecureSocketOptions.StartTls);
await client.AuthenticateAsync(new SaslMechanismOAuth2(mailbox, token));
Console.WriteLine(await client.SendAsync(message));
await client.DisconnectAsync(true);
`

export function csharpSample(input: SampleInput): Sample {
  const files: readonly (Omit<SampleFile, 'code'> & { using: readonly string[]; rest: string })[] = [
    {
      name: 'ReadImap.cs',
      protocol: 'IMAP',
      does: does.IMAP,
      using: ['MailKit', 'MailKit.Net.Imap', 'MailKit.Security'],
      rest: readImap
    },
    {
      name: 'ReadPop.cs',
      protocol: 'POP',
      does: does.POP,
      using: ['MailKit.Net.Pop3', 'MailKit.Security'],
      rest: readPop
    },
    {
      name: 'SendSmtp.cs',
      protocol: 'SMTP',
      does: does.SMTP,
      using: ['MailKit.Net.Smtp', 'MailKit.Security', 'MimeKit'],
      rest: sendSmtp
    }
  ]
  return {
    id: 'csharp',
    title: 'C# (MailKit)',
    language: 'csharp',
    tested: false,
    needs: [
      '.NET 8 or newer: dotnet new console, then dotnet add package MailKit.',
      'Put one file in the place of Program.cs and run it with: dotnet run'
    ],
    files: files.map(({ using, rest, ...file }) => ({ ...file, code: code(input, file, using, rest) })),
    notes: [
      'A program that runs for long asks for a new token before the hour is over. Microsoft.Identity.Client (MSAL) keeps tokens and renews them: ConfidentialClientApplicationBuilder, WithClientSecret, AcquireTokenForClient.'
    ]
  }
}
