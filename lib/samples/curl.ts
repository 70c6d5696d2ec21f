// The samples in bash with curl. The rule they keep: secret and token go to curl by standard input, never as an argument, which
// every user of a machine can read in its list of processes.

import { bash } from './quote.ts'
import { does, type Sample, type SampleFile, type SampleInput, secretVariable, valuesOf } from './sample.ts'

/** `client_secret@-` reads and encodes standard input: https://curl.se/docs/manpage.html#--data-urlencode
 *  `--config -` too: https://curl.se/docs/manpage.html#-K, `--oauth2-bearer`: https://curl.se/docs/manpage.html#--oauth2-bearer
 *  Without --sasl-ir curl sends POP's and SMTP's string on a line of its own, as Microsoft documents for both:
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
function code(input: SampleInput, file: Omit<SampleFile, 'code'>, scheme: string, rest: string): string {
  const plain = valuesOf(input, file.protocol, text => text)
  const { clientId, endpoint, scope, mailbox } = valuesOf(input, file.protocol, bash)
  return `#!/usr/bin/env bash
# ${file.does}
set -euo pipefail
: "\${${secretVariable}:?is not set}"

client_id=${clientId}
token_endpoint=${endpoint}
scope=${scope}
mailbox=${mailbox}

# The secret comes from the environment and goes to curl by standard input: no list of processes shows it.
answer=$(printf '%s' "$${secretVariable}" |
  curl --silent --show-error --tlsv1.2 "$token_endpoint" \\
    --data-urlencode "client_id=$client_id" \\
    --data-urlencode "scope=$scope" \\
    --data-urlencode 'grant_type=client_credentials' \\
    --data-urlencode 'client_secret@-')
token=$(printf '%s\\n' "$answer" | sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p')
if [ -z "$token" ]; then
  printf '%s\\n' "$answer" | sed -n 's/.*"error_description" *: *"\\([^"]*\\)".*/No token: \\1/p' >&2
  exit 1
fi

# The token goes to curl by standard input too, as a line of a configuration file.
ask() {
  printf 'oauth2-bearer = "%s"\\n' "$token" |
    curl --config - --silent --show-error --ssl-reqd --tlsv1.2 \\
      --user "$mailbox" --login-options AUTH=XOAUTH2 "$@"
}

server=${bash(`${scheme}://${plain.host}:${plain.port}`)}
${rest}`
}

/** curl's own FETCH has no PEEK, and what it prints of a FETCH given by --request differs between its versions:
 *  https://github.com/curl/curl/issues/18847 and https://github.com/curl/curl/issues/22865 */
const readImap = `
status=$(ask "$server/" --request 'STATUS INBOX (MESSAGES UNSEEN)')
echo "$status"
count=$(sed -n 's/.*MESSAGES \\([0-9]*\\).*/\\1/p' <<<"$status")
if [ "$count" -eq 0 ]; then exit 0; fi

# curl marks as read what it fetches: it has no other way that works in all its versions. So only the newest are fetched.
first=$((count > newest ? count - newest + 1 : 1))
ask "$server/INBOX;MAILINDEX=[$first-$count];SECTION=HEADER.FIELDS%20(DATE%20FROM%20SUBJECT)"
`

const readPop = `
list=$(ask "$server/")
if [ -z "$list" ]; then echo '0 messages'; exit 0; fi
echo "$(wc -l <<<"$list") messages"

newest=$(tail -n 1 <<<"$list" | cut -d ' ' -f 1)
ask "$server/$newest"
`

const sendSmtp = `
message=$(mktemp)
trap 'rm -f "$message"' EXIT
printf '%s\\r\\n' \\
  "Date: $(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S +0000')" \\
  "From: <$mailbox>" "To: <$mailbox>" 'Subject: Sent with OAuth by curl' '' \\
  'This message was sent by SMTP with a token of the application itself.' >"$message"
ask "$server" --mail-from "$mailbox" --mail-rcpt "$mailbox" --upload-file "$message"
echo "Sent to $mailbox"
`

function files(input: SampleInput): readonly SampleFile[] {
  const files: readonly (Omit<SampleFile, 'code'> & { scheme: string; rest: string })[] = [
    {
      name: 'read-imap.sh',
      protocol: 'IMAP',
      does: 'Reads by IMAP: how many messages the inbox holds, and the headers of the newest.',
      scheme: 'imaps',
      rest: `newest=3\n${readImap}`
    },
    {
      name: 'read-pop.sh',
      protocol: 'POP',
      does: 'Reads by POP: how many messages the mailbox offers, and the newest one.',
      scheme: 'pop3s',
      rest: readPop
    },
    { name: 'send-smtp.sh', protocol: 'SMTP', does: does.SMTP, scheme: 'smtp', rest: sendSmtp }
  ]
  return files.map(({ scheme, rest, ...file }) => ({ ...file, code: code(input, file, scheme, rest) }))
}

export const curlSample = (input: SampleInput): Sample => ({
  id: 'curl',
  title: 'curl',
  language: 'bash',
  tested: true,
  needs: ['bash and curl 7.76 or newer.', 'Run a file with bash, for example: bash send-smtp.sh'],
  files: files(input),
  notes: [
    'Where a login is refused, curl says that it was, and not in which words. The page that tests the connection does.'
  ]
})
