// A certificate as an application proves itself with, made for a test: RSA, as Microsoft Entra takes no other.
import { generate } from 'selfsigned'

export async function wizardCertificate(name: string): Promise<{ cert: string; private: string }> {
  return generate([{ name: 'commonName', value: name }], { algorithm: 'sha256', keyType: 'rsa', keySize: 2048 })
}
