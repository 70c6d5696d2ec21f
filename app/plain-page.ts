// The few words that a handler has to say by itself, as a page without a look: whoever posts a form sees no page of Next's.
// The rule it keeps: what is put in is text, whatever it holds.

type Said = {
  status: number
  title: string
  says: string
  link?: { href: string; label: string }
  headers?: Record<string, string>
}

export function plainPage({ status, title, says, link, headers }: Said): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} - Mail OAuth Wizard</title>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(says)}</p>
${link ? `<p><a href="${escaped(link.href)}">${escaped(link.label)}</a></p>` : ''}
</main>
</body>
</html>
`
  return new Response(html, {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...headers }
  })
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string) => text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)
