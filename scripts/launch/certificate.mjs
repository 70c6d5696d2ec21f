// @ts-check
// The certificate by which the wizard proves itself to Microsoft, looked at before anything is started.
// The rule it keeps: what a first sign-in would fail over is said at the start, in one sentence that names the setting and
// the file and nothing of what is in it.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { refuse } from './refusal.mjs'

const wanted = 'It has to be a PEM file that holds the private key (RSA, without a password) and its certificate.'

/**
 * @param {string} setting what names the file, for the sentence
 * @param {string | undefined} file PEM: the private key and the certificate, as one file
 * @throws {import('./refusal.mjs').Refusal}
 */
export function requireCertificate(setting, file) {
  if (!file) return
  const pem = readPem(setting, file)
  const certificate = orNot(() => new X509Certificate(pem))
  if (!certificate) refuse(`${setting} is ${file}, and that file holds no certificate. ${wanted}`)
  const key = orNot(() => createPrivateKey(pem))
  if (!key) refuse(`${setting} is ${file}, and that file holds no private key that can be read. ${wanted}`)
  // The signature of a client assertion is PS256: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
  if (key.asymmetricKeyType !== 'rsa')
    refuse(`${setting} is ${file}, and the private key in it is not an RSA key. ${wanted}`)
  if (!certificate.checkPrivateKey(key))
    refuse(`${setting} is ${file}, and the private key in it is not the one of the certificate in it. ${wanted}`)
}

/**
 * @param {unknown} cloud one of CUSTOM_CLOUD_FILE, unread: the server checks what else is in it
 * @param {string} root the folder against which the server reads a relative path
 * @returns {string | undefined}
 */
export function certificateOf(cloud, root) {
  const path = cloud && typeof cloud === 'object' && 'clientCertificatePath' in cloud && cloud.clientCertificatePath
  return path && typeof path === 'string' ? resolve(root, path) : undefined
}

/** @param {string} setting @param {string} file */
function readPem(setting, file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return refuse(`${setting} is ${file}, and that file cannot be read.`)
  }
}

/** Node's own errors about keys may quote from them.
 * @template T @param {() => T} read @returns {T | undefined} */
function orNot(read) {
  try {
    return read()
  } catch {
    return undefined
  }
}
