import { expect, test } from 'vitest'
import { makeNetwork } from '../../../src/server/people/network.ts'
import type { AllContacts, Contact } from '../../../src/shared/domain/contact.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { signIn, type TestApp } from '../test-app.ts'

const contact = {
  municipality: null,
  name: 'Prosjektleiar, Vestland',
  task: 'Samlingane og reisa dit',
  email: 'prosjekt@vestland.example',
  phone: '+47 55 00 00 00',
}
const as = async ({ app }: TestApp, code: string) => {
  const cookie = await signIn(app, code)
  return (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) })
}

eachStore(({ testApp }) => {
  test('everybody sees whom the network and their own municipality have', async () => {
    const server = await testApp()
    const ask = await as(server, 'demo-administrator')
    await ask('POST', paths.allContacts, contact)
    for (const [municipality, name] of [
      ['4614', 'Koordinator, Stord'],
      ['4647', 'Koordinator, Sunnfjord'],
    ]) {
      const body = { ...contact, municipality, name, email: null, phone: null }
      expect((await ask('POST', paths.allContacts, body)).statusCode).toBe(200)
    }
    const seenBy = async (code: string) =>
      (await (await as(server, code))('GET', paths.contacts))
        .json<{ contacts: Contact[] }>()
        .contacts.map(({ name }) => name)
    const ours = ['Prosjektleiar, Vestland', 'Koordinator, Stord']
    expect(await seenBy('demo-deltakar-stord')).toEqual(ours)
    expect(await seenBy('demo-gruppe-stord')).toEqual(ours)
    expect(await seenBy('demo-redaktor')).toEqual(['Prosjektleiar, Vestland'])
    const all = (await ask('GET', paths.allContacts)).json<AllContacts>()
    expect(all.contacts).toHaveLength(3)
    expect(all.municipalities).toHaveLength(43)
  })

  test('a contact is changed and removed, and the log keeps no mail address', async () => {
    const server = await testApp()
    const ask = await as(server, 'demo-administrator')
    const { id } = (await ask('POST', paths.allContacts, contact)).json<{ id: string }>()
    const changed = { ...contact, task: 'Alt', email: 'POST@Vestland.example' }
    expect((await ask('PUT', paths.contact(id), changed)).statusCode).toBe(204)
    const read = async () => (await ask('GET', paths.allContacts)).json<AllContacts>().contacts
    expect(await read()).toMatchObject([{ task: 'Alt', email: 'post@vestland.example' }])
    expect((await ask('DELETE', paths.contact(id))).statusCode).toBe(204)
    expect((await ask('DELETE', paths.contact(id))).statusCode).toBe(404)
    expect((await ask('PUT', paths.contact(id), changed)).statusCode).toBe(404)
    expect(await read()).toEqual([])
    const acts = await server.db.selectFrom('administrative_act').selectAll().execute()
    expect(acts.map(({ act }) => act).toSorted()).toEqual([
      'contact.added',
      'contact.changed',
      'contact.removed',
    ])
    expect(JSON.stringify(acts)).not.toMatch(/vestland\.example|55 00|Prosjekt/)
  })

  test.for([
    { ...contact, email: 'ikkje ei adresse' },
    { ...contact, name: '' },
    { ...contact, phone: 'ring meg' },
    { ...contact, municipality: 'Stord' },
    { ...contact, task: 'a\nb' },
    { name: 'Berre namn' },
  ])('not stored: %j', async (body) => {
    const ask = await as(await testApp(), 'demo-administrator')
    expect((await ask('POST', paths.allContacts, body)).statusCode).toBe(400)
  })

  test('a municipality that there is not has no contacts', async () => {
    const ask = await as(await testApp(), 'demo-administrator')
    const body = { ...contact, municipality: '9999' }
    expect((await ask('POST', paths.allContacts, body)).statusCode).toBe(404)
  })

  test('nobody but administrators changes them, and only in their own network', async () => {
    const server = await testApp()
    const ask = await as(server, 'demo-administrator')
    const { id } = (await ask('POST', paths.allContacts, contact)).json<{ id: string }>()
    const code = await server.store.write((db) =>
      makeNetwork(db, { name: 'Nordland', package: 'base', version: '1.0.0' }, server.clock.now),
    )
    for (const who of ['demo-deltakar-stord', 'demo-fasilitator', 'demo-redaktor', code]) {
      const other = await as(server, who)
      expect((await other('PUT', paths.contact(id), contact)).statusCode, who).toBe(404)
      expect((await other('DELETE', paths.contact(id))).statusCode, who).toBe(404)
    }
    expect((await ask('GET', paths.allContacts)).json<AllContacts>().contacts).toHaveLength(1)
  })
})
