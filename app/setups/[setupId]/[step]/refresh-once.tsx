'use client'
// After a look that changed where the setup stands, the rail and the header are asked for again, once.
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

export function RefreshOnce() {
  const router = useRouter()
  useEffect(() => router.refresh(), [router])
  return null
}
