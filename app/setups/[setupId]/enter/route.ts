// Off to Microsoft to enter the tenant of a setup.
import { requireSetup } from '../../../../lib/wizard/door.ts'
import { enterTenant } from '../../../../lib/wizard/enter.ts'
import { elsewhere, handled } from '../../../handled.ts'
import { offTo } from '../../../off-to.ts'
import { seeOther } from '../../../see-other.ts'

export function POST(request: Request, { params }: { params: Promise<{ setupId: string }> }) {
  const enter = async (form: FormData) => {
    const at = await requireSetup((await params).setupId, elsewhere)
    const said = (name: string) => String(form.get(name) ?? '')
    const going = await enterTenant(at, { way: said('way'), as: said('as'), step: said('step'), for: said('for') })
    return going.ok ? offTo(going.url) : seeOther(`/setups/${at.row.id}?problem=${going.problem}`)
  }
  return handled(request, enter, { limit: 'sign-in' })
}
