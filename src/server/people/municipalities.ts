import type { Database } from '../store/schema.ts'

/** Those that are not there yet. */
export const seedMunicipalities = async (db: Database): Promise<void> => {
  await db
    .insertInto('municipality')
    .values(municipalities)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The municipalities of Vestland: number, name, size class. */
export const municipalities = parse(`
4601 Bergen L · 4602 Kinn M · 4611 Etne S · 4612 Sveio M · 4613 Bømlo M · 4614 Stord M ·
4615 Fitjar S · 4616 Tysnes S · 4617 Kvinnherad M · 4618 Ullensvang M · 4619 Eidfjord S ·
4620 Ulvik S · 4621 Voss M · 4622 Kvam M · 4623 Samnanger S · 4624 Bjørnafjorden L ·
4625 Austevoll M · 4626 Øygarden L · 4627 Askøy L · 4628 Vaksdal S · 4629 Modalen S ·
4630 Osterøy M · 4631 Alver L · 4632 Austrheim S · 4633 Fedje S · 4634 Masfjorden S · 4635 Gulen S ·
4636 Solund S · 4637 Hyllestad S · 4638 Høyanger S · 4639 Vik S · 4640 Sogndal M · 4641 Aurland S ·
4642 Lærdal S · 4643 Årdal M · 4644 Luster M · 4645 Askvoll S · 4646 Fjaler S · 4647 Sunnfjord L ·
4648 Bremanger S · 4649 Stad M · 4650 Gloppen M · 4651 Stryn M`)

function parse(text: string): { number: string; name: string; size: 'S' | 'M' | 'L' }[] {
  return text.split('·').map((entry) => {
    const [number = '', name = '', size] = entry.trim().split(' ')
    if (size !== 'S' && size !== 'M' && size !== 'L') throw new Error(`municipality: ${entry}`)
    return { number, name, size }
  })
}
