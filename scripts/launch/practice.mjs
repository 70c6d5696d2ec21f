// @ts-check
// Gives the practice tenant to the product in the way any other cloud is given: a cloud file and a certificate.
// The rule it keeps: the user's own clouds and certificates stay; both are put together in files under the data folder.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { refuse } from './refusal.mjs'

/** @typedef {{ http: string, https: string, certificate: string, cloudFile: string }} Practice */

/**
 * @param {Practice} practice what it said when it was ready
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('./environment.mjs').Env} env
 * @returns {import('./environment.mjs').Env} what the server needs on top
 */
export function joinClouds(practice, settings, env) {
  const clouds = [...readClouds(settings.cloudFile), ...readClouds(practice.cloudFile)]
  const names = clouds.map(cloud => cloud?.name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice)
    refuse(
      `CUSTOM_CLOUD_FILE has a cloud called ${twice}, as the practice tenant is. Rename it, or set PRACTICE_TENANT=off.`
    )
  const cloudFile = join(settings.dataFolder, 'clouds.json')
  writeFileSync(cloudFile, JSON.stringify(clouds, undefined, 2), { mode: 0o600 })

  const certificates = join(settings.dataFolder, 'certificates.pem')
  const own = settings.certificates ? `${readCertificates(settings.certificates)}\n` : ''
  writeFileSync(certificates, own + readFileSync(practice.certificate, 'utf8'))
  const direct = [env.NO_PROXY || env.no_proxy, 'localhost', '127.0.0.1', '::1'].filter(Boolean).join(',')
  return { CUSTOM_CLOUD_FILE: cloudFile, NODE_EXTRA_CA_CERTS: certificates, NO_PROXY: direct, no_proxy: direct }
}

/**
 * @param {string | undefined} file JSON: one cloud or an array
 * @returns {{ name?: unknown }[]} unread beyond being JSON: the server checks what is in them
 */
export function readClouds(file) {
  if (!file) return []
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    refuse(`CUSTOM_CLOUD_FILE is ${file}, and that file cannot be read.`)
  }
  try {
    return [JSON.parse(text)].flat()
  } catch {
    return refuse(`CUSTOM_CLOUD_FILE is ${file}, and that file is not JSON.`)
  }
}

/** @param {string} file PEM */
export function readCertificates(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return refuse(`NODE_EXTRA_CA_CERTS is ${file}, and that file cannot be read.`)
  }
}
