// `npm start`: from a fresh clone to a wizard that answers, and back to nothing on Ctrl-C.
// The rule it keeps: Node alone. No shell, and no package before it has installed them.
const wanted = '20.19.0'

if (isOlder(process.versions.node, wanted)) {
  console.error(
    `This needs Node ${wanted} or newer, and this is ${process.versions.node}. Install it from https://nodejs.org.`
  )
  process.exit(1)
} else {
  import('./launch/run.mjs').then(({ run }) => run(process.argv[2] === 'dev' ? 'dev' : 'start'))
}

/** Written for any Node, so that an old one gets the sentence above and not a syntax error. */
function isOlder(version, than) {
  const [a, b] = [version, than].map(text => text.split('.').map(Number))
  return a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2]
}
