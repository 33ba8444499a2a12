import { expect, test } from 'vitest'
import {
  invitationMail,
  newLinkMail,
  registeredMail,
  waitingMail,
} from '../../../src/server/mail/texts.ts'

const words = {
  to: 'hr@stord.example',
  by: 'Administrator, Vestland',
  programme: { nn: 'Kompetanseløft', nb: 'Kompetanseløftet' },
  cohort: 'Kull 1',
  municipality: 'Stord',
  link: 'https://loft.example/inn/abc',
  days: 14,
}

test('an invitation says who invites, to what, how and for how long: nynorsk first, bokmål below', () => {
  const { to, subject, text } = invitationMail(words)
  expect(to).toBe('hr@stord.example')
  expect(subject).toBe('Invitasjon til Kompetanseløft / Invitasjon til Kompetanseløftet')
  const [nn = '', nb = '', ...more] = text.split('\n---\n')
  expect(more).toEqual([])
  expect(nn).toContain('Administrator, Vestland inviterer deg til Kompetanseløft, Kull 1.')
  expect(nn).toContain('trykk på knappen på sida. Då er du inne:\nhttps://loft.example/inn/abc\n')
  expect(nn).toContain('gjeld i 14 dagar')
  expect(nb).toContain('trykk på knappen på siden. Da er du inne:\nhttps://loft.example/inn/abc\n')
  expect(nb).toContain('gjelder i 14 dager')
})

test('a subject that is the same in both languages is said once', () => {
  const programme = { nn: 'Kompetanseløft', nb: 'Kompetanseløft' }
  expect(invitationMail({ ...words, programme }).subject).toBe('Invitasjon til Kompetanseløft')
})

test('whoever runs the server invites without a name', () => {
  expect(invitationMail({ ...words, by: null }).text).toContain('Administratoren inviterer deg')
})

test.for([invitationMail, newLinkMail, registeredMail, waitingMail])(
  'nothing is left to be filled in (%o)',
  (make) => {
    const { subject, text } = make(words)
    expect(`${subject}\n${text}`).not.toMatch(/\{\{|\}\}|undefined|null/)
  },
)

test('a name cannot add lines of its own, nor be filled again', () => {
  const by = 'X\n\nOpne heller https://evil.example {{link}}'
  const { text } = invitationMail({ ...words, by })
  expect(text).toContain('X Opne heller https://evil.example {{link}} inviterer deg')
})
