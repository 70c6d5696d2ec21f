// Gives each connection the one PGlite session for a whole exchange, until PostgreSQL says that it is ready again.
// The rule it keeps: no message of one connection ever falls between two of another's. The queue that comes with
// pglite-socket passes single messages in turn, so that one client's Bind can meet the statement another has parsed.
// Nothing is answered to Parse, Bind, Describe, Execute and Close before Sync or Flush: they wait for it here and go in
// together. One call into PGlite takes the place of five, and a query that is half sent keeps nobody waiting.
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY

const terminate = 0x58 // 'X'
const waitsForSync = new Set([...'PBDEC'].map(letter => letter.charCodeAt(0)))
const readyForQuery = 0x5a // 'Z'; its one byte of content is 'I' outside a transaction

/**
 * A queue for PGLiteSocketHandler.
 * @param {import('@electric-sql/pglite').PGlite} database
 */
export function takeTurns(database) {
  /** @typedef {{ handlerId: number, message: Uint8Array, onData: (data: Uint8Array) => void, resolve: (bytes: number) => void, reject: (error: unknown) => void }} Waiting */
  /** @type {Waiting[]} */
  let waiting = []
  /** @type {Map<number, Uint8Array[]>} what each connection has sent of an exchange that nothing is answered to yet */
  const begun = new Map()
  /** @type {number | undefined} whose turn it is; undefined between two exchanges */
  let turn
  /** @type {Promise<void> | undefined} */
  let working

  async function work() {
    for (let next = takeNext(); next; next = takeNext()) {
      turn = next.handlerId
      const end = watchForReady()
      try {
        let bytes = 0
        const { onData } = next
        await database.runExclusive(() =>
          database.execProtocolRawStream(/** @type {Waiting} */ (next).message, {
            onRawData: data => {
              bytes += data.length
              end.read(data)
              onData(data)
            }
          })
        )
        if (end.isIdle()) turn = undefined
        next.resolve(bytes)
      } catch (error) {
        turn = undefined
        next.reject(error)
      }
    }
  }

  /** @returns {Waiting | undefined} */
  function takeNext() {
    const at = turn === undefined ? 0 : waiting.findIndex(each => each.handlerId === turn)
    return at < 0 ? undefined : waiting.splice(at, 1)[0]
  }

  function goOn() {
    working ??= work().finally(() => {
      working = undefined
      if (turn === undefined ? waiting.length > 0 : waiting.some(each => each.handlerId === turn)) goOn()
    })
  }

  return {
    /**
     * @param {number} handlerId
     * @param {Uint8Array} message
     * @param {(data: Uint8Array) => void} onData
     * @returns {Promise<number>} how many bytes were answered
     */
    enqueue(handlerId, message, onData) {
      // Terminate has no answer to wait for, and the session stays for the next connection.
      if (message[0] === terminate) return Promise.resolve(0)
      const before = begun.get(handlerId) ?? []
      if (waitsForSync.has(message[0] ?? 0)) {
        begun.set(handlerId, [...before, message])
        return Promise.resolve(0)
      }
      begun.delete(handlerId)
      const whole = before.length > 0 ? Buffer.concat([...before, message]) : message
      return new Promise((resolve, reject) => {
        waiting.push({ handlerId, message: whole, onData, resolve, reject })
        goOn()
      })
    },
    /** @param {number} handlerId */
    clearQueueForHandler(handlerId) {
      begun.delete(handlerId)
      const gone = waiting.filter(each => each.handlerId === handlerId)
      waiting = waiting.filter(each => each.handlerId !== handlerId)
      for (const each of gone) each.reject(new Error('The connection ended'))
    },
    /**
     * A connection that ended in the middle of its turn leaves nothing open for the next one.
     * @param {number} handlerId
     */
    async clearTransactionIfNeeded(handlerId) {
      await working
      if (turn !== handlerId) return
      // Sync first: a half-sent extended exchange swallows everything until then.
      await database.runExclusive(() => database.execProtocolRaw(new Uint8Array([0x53, 0, 0, 0, 4])))
      await database.exec('ROLLBACK')
      turn = undefined
      goOn()
    },
    getQueueLength: () => waiting.length
  }
}

/** Reads the answers of one message, however they are cut, and says whether the last one was ReadyForQuery, idle. */
function watchForReady() {
  /** Bytes of the present answer's header: type, then a length that counts itself. */
  let header = /** @type {number[]} */ ([])
  let left = 0
  let idle = false
  return {
    /** @param {Uint8Array} data */
    read(data) {
      for (let at = 0; at < data.length; ) {
        if (header.length < 5) {
          header.push(/** @type {number} */ (data[at++]))
          if (header.length === 5) {
            left = new DataView(new Uint8Array(header).buffer).getUint32(1) - 4
            idle = false
            if (left === 0) header = []
          }
          continue
        }
        if (header[0] === readyForQuery) idle = data[at] === 0x49
        const taken = Math.min(left, data.length - at)
        at += taken
        left -= taken
        if (left === 0) header = []
      }
    },
    isIdle: () => idle
  }
}
