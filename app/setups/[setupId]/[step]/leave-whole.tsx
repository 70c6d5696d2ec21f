'use client'
// While a secret is shown every link leaves by a full load, so that neither the open document nor the router keeps it.
import { useEffect } from 'react'

export function LeaveWhole() {
  useEffect(() => {
    const leave = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="/"]') : null
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return
      event.preventDefault()
      event.stopImmediatePropagation()
      window.location.assign(link.href)
    }
    document.addEventListener('click', leave, { capture: true })
    return () => document.removeEventListener('click', leave, { capture: true })
  }, [])
  return null
}
