// Who did something, as the diary and the lease name it.
// The rule it keeps: it is whoever is signed in to the wizard; the account that entered the tenant is named beside them, where
// something was sent with its token. A consultant may enter a client's tenant with the client's account.

type Signed = { person: { username: string } }

/** Who answered, pressed or took away something here. */
export const whoOf = ({ person }: Signed): string => person.username

/** Who sent something to Microsoft with the token of the account that entered the tenant. */
export function whoSends({ person, entered }: Signed & { entered: { username: string } | undefined }): string {
  const same = entered?.username.toLowerCase() === person.username.toLowerCase()
  return entered && !same ? `${person.username} as ${entered.username}` : person.username
}
