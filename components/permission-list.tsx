// The permissions that Microsoft asks the admin to allow, each with the steps that want it.

type Use = { permission: string; why: string; steps: readonly { id: string; title: string }[] }

export function PermissionList({ permissions }: { permissions: readonly Use[] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {permissions.map(({ permission, steps: wanting, why }) => (
        <li key={permission} className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[16rem_minmax(0,1fr)]">
          <h3 className="font-mono text-[0.92em] font-semibold wrap-anywhere">{permission}</h3>
          <div className="min-w-0">
            <p>{why}</p>
            <p className="text-sm text-muted">Wanted by: {wanting.map(step => step.title).join(', ')}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
