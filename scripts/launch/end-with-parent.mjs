// @ts-check
// Preloaded into the server (`node --import`): it ends when the launcher does, however the launcher ended.
// The rule it keeps: only the launcher's own child listens. Node hands preloads on to whatever the server starts in turn.
if (process.env.LAUNCHED_BY === String(process.ppid)) {
  const end = () => process.exit(0)
  process.stdin.on('end', end)
  process.stdin.on('close', end)
  process.stdin.on('error', end)
  process.stdin.resume()
  // Reading the pipe is no reason to stay.
  if ('unref' in process.stdin) process.stdin.unref()
}
