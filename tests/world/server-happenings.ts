import type { Scene } from './happenings.ts'

// What happens at the server, besides requests.

export const restore = async ({ server, promises }: Scene): Promise<string> => {
  if (!(await server.restore())) return 'no backup'
  promises.restored()
  await promises.excuseWhatIsNowhere('forgotten by the restored backup')
  return 'restored'
}

export const changeMember = async ({
  room,
  people,
  groups,
  server,
  plain,
}: Scene): Promise<string> => {
  const person = room.chance.pick(people)
  const scope = room.chance.pick(groups)
  if (server.isRevoked(person.id, scope)) {
    await server.readmit(person.id, scope)
    return `${plain(person.id)} is let into ${plain(scope)} again`
  }
  await server.revoke(person.id, scope)
  return `${plain(person.id)} is put out of ${plain(scope)}`
}

/** Of a document that somebody writes in, now and then on two nodes at once, which may be slow. */
export const compact = ({
  room,
  time,
  weather,
  scopes,
  server,
  plain,
  background,
}: Scene): void => {
  const { chance, ledger } = room
  const pause = (): Promise<void> =>
    new Promise((done) => {
      if (weather.isCalm() || chance.percent(30)) done()
      else time.after(chance.between(1, 4000), done)
    })
  const written = [...ledger.markers.values()].map((marker) => marker.doc)
  const doc = written.length > 0 ? chance.pick(written) : `${chance.pick(scopes)}/progress`
  const begin = (): void =>
    background(`compaction of ${plain(doc)}`, server.compact(doc, pause), false)
  begin()
  if (chance.percent(50)) time.after(chance.between(0, 3000), begin)
}

export const audit = ({ room, devices, promises, background }: Scene): void =>
  background('audit', promises.audit(room.chance.pick(devices)))
