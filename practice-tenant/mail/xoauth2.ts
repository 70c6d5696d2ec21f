// The SASL string of XOAUTH2. The rule it keeps: what is not exactly of this form is nothing.
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth

export type Credentials = { mailbox: string; token: string }

/** Reads base64("user=" + mailbox + "^Aauth=Bearer " + token + "^A^A"). */
export function readXoauth2(text: string): Credentials | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  const [user = '', auth = '', ...end] = Buffer.from(text, 'base64').toString('utf8').split('\u0001')
  const mailbox = /^user=(.+)$/.exec(user)?.[1]
  const token = /^auth=Bearer (\S+)$/i.exec(auth)?.[1]
  const isWhole = end.length === 2 && end.every(part => part === '')
  return mailbox !== undefined && token !== undefined && isWhole ? { mailbox, token } : undefined
}
