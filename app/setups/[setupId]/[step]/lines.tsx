// Sentences one under another.
export function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="mb-4 grid max-w-3xl list-disc gap-1 pl-5 text-muted wrap-anywhere">
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
