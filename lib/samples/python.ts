// The samples in Python, with nothing but its standard library.

import { python } from './quote.ts'
import { does, type Sample, type SampleFile, type SampleInput, secretVariable, valuesOf } from './sample.ts'

/** https://docs.python.org/3/library/imaplib.html#imaplib.IMAP4.authenticate,
 *  https://docs.python.org/3/library/smtplib.html#smtplib.SMTP.auth */
function code(input: SampleInput, file: Omit<SampleFile, 'code'>, modules: readonly string[], rest: string): string {
  const { clientId, endpoint, scope, mailbox, host, port } = valuesOf(input, file.protocol, python)
  const imports = ['json', 'os', 'ssl', 'sys', 'urllib.error', 'urllib.parse', 'urllib.request', ...modules].sort()
  return `# ${file.does}
${imports.map(name => (name.includes(' ') ? name : `import ${name}`)).join('\n')}

CLIENT_ID = ${clientId}
TOKEN_ENDPOINT = ${endpoint}
SCOPE = ${scope}
MAILBOX = ${mailbox}
HOST = ${host}
PORT = ${port}


def access_token():
    form = urllib.parse.urlencode(
        {
            "client_id": CLIENT_ID,
            "scope": SCOPE,
            "client_secret": os.environ["${secretVariable}"],
            "grant_type": "client_credentials",
        }
    )
    try:
        with urllib.request.urlopen(TOKEN_ENDPOINT, data=form.encode()) as answer:
            return json.load(answer)["access_token"]
    except urllib.error.HTTPError as refusal:
        sys.exit(json.load(refusal).get("error_description"))


xoauth2 = f"user={MAILBOX}\\x01auth=Bearer {access_token()}\\x01\\x01"
tls = ssl.create_default_context()
tls.minimum_version = ssl.TLSVersion.TLSv1_2

${rest}`
}

const printed = `print(headers["date"], headers["from"], headers["subject"])`

const readImap = `with imaplib.IMAP4_SSL(HOST, PORT, ssl_context=tls) as imap:
    # A second question is the reason of a refusal; an empty answer ends the exchange.
    imap.authenticate("XOAUTH2", lambda question: b"" if question else xoauth2.encode())
    # Read only, and fetched with PEEK: nothing is marked as read.
    _, [exists] = imap.select("INBOX", readonly=True)
    count = int(exists)
    print(count, "messages")
    if count:
        newest = f"{max(1, count - 9)}:{count}"
        _, parts = imap.fetch(newest, "(BODY.PEEK[HEADER])")
        for part in parts:
            if isinstance(part, tuple):
                headers = email.message_from_bytes(part[1], policy=email.policy.default)
                ${printed}
`

const readPop = `pop = poplib.POP3_SSL(HOST, PORT, context=tls)
# poplib has no public call for AUTH; these two use its own private one.
# Microsoft's POP server wants the string on a line of its own.
pop._shortcmd("AUTH XOAUTH2")
pop._shortcmd(base64.b64encode(xoauth2.encode()).decode())
count, _ = pop.stat()
print(count, "messages")
for number in range(max(1, count - 9), count + 1):
    _, lines, _ = pop.top(number, 0)
    headers = email.message_from_bytes(b"\\r\\n".join(lines), policy=email.policy.default)
    ${printed}
pop.quit()
`

const sendSmtp = `message = email.message.EmailMessage()
message["From"] = MAILBOX
message["To"] = MAILBOX
message["Date"] = email.utils.localtime()
message["Subject"] = "Sent with OAuth by Python"
message.set_content("This message was sent by SMTP with a token of the application itself.")

with smtplib.SMTP(HOST, PORT) as smtp:
    smtp.starttls(context=tls)
    smtp.ehlo()
    # A question that is not empty is the reason of a refusal; an empty answer ends the exchange.
    smtp.auth("XOAUTH2", lambda question=None: "" if question else xoauth2, initial_response_ok=False)
    smtp.send_message(message)
print("Sent to", MAILBOX)
`

export function pythonSample(input: SampleInput): Sample {
  const files: readonly (Omit<SampleFile, 'code'> & { modules: readonly string[]; rest: string })[] = [
    {
      name: 'read_imap.py',
      protocol: 'IMAP',
      does: does.IMAP,
      modules: ['email', 'email.policy', 'imaplib'],
      rest: readImap
    },
    {
      name: 'read_pop.py',
      protocol: 'POP',
      does: does.POP,
      modules: ['base64', 'email', 'email.policy', 'poplib'],
      rest: readPop
    },
    {
      name: 'send_smtp.py',
      protocol: 'SMTP',
      does: does.SMTP,
      modules: ['email.message', 'email.utils', 'smtplib'],
      rest: sendSmtp
    }
  ]
  return {
    id: 'python',
    title: 'Python (standard library)',
    language: 'python',
    tested: false,
    needs: ['Python 3.9 or newer. No package is needed.', 'Run a file with: python send_smtp.py'],
    files: files.map(({ modules, rest, ...file }) => ({ ...file, code: code(input, file, modules, rest) })),
    notes: []
  }
}
